// SPDX-License-Identifier: GPL-3.0-or-later
#include "Workbench.h"

#include "CostController.h"
#include "DatasetController.h"
#include "MainWindow.h"
#include "RunsController.h"
#include "common/Theme.h"
#include "common/WrappedToolTips.h"
#include "runs/RunStore.h"
#include "training/RunForm.h"
#include "training/TrainPage.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>

#include <cstdio>

namespace melscope {

void setUpApplication(QApplication& application)
{
    application.setOrganizationName(QStringLiteral("melscope"));
    application.setApplicationName(QStringLiteral("melscope"));
    application.setApplicationDisplayName(QStringLiteral("Melscope"));
    application.setApplicationVersion(QStringLiteral(MELSCOPE_VERSION));
    application.setDesktopFileName(QStringLiteral("org.melscope.Melscope"));
    application.setWindowIcon(QIcon(QStringLiteral(":/melscope/org.melscope.Melscope.svg")));
    application.installEventFilter(new WrappedToolTips(&application));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    Theme::instance().apply(static_cast<Theme::Mode>(QSettings().value(QStringLiteral("theme"), 0).toInt()));
}

WorkbenchArguments WorkbenchArguments::parse(const QStringList& words)
{
    QCommandLineParser parser;
    const QCommandLineOption runs(QStringLiteral("runs"), QString(), QStringLiteral("DIR"));
    parser.addOption(runs);
    WorkbenchArguments arguments;
    if (!parser.parse(words))
        arguments.error = parser.errorText();
    else if (parser.positionalArguments().size() > 1)
        arguments.error = QStringLiteral("The window opens one dataset, not %1.").arg(parser.positionalArguments().size());
    arguments.dataset = parser.positionalArguments().value(0);
    arguments.runsFolder = parser.isSet(runs) ? std::filesystem::path(parser.value(runs).toStdString()) : defaultRunsFolder();
    return arguments;
}

int runWorkbench(int argc, char** argv)
{
    QApplication application(argc, argv);
    setUpApplication(application);
    const auto arguments = WorkbenchArguments::parse(application.arguments());
    if (!arguments.error.isEmpty()) {
        std::fprintf(stderr, "%s See melscope --help.\n", qPrintable(arguments.error));
        return 2;
    }
    MainWindow window(arguments.runsFolder);
    const CostController cost(*window.train().form(), window.runs());
    window.show();
    if (arguments.dataset.isEmpty())
        window.datasets().openRememberedOrDemo();
    else
        window.datasets().open(arguments.dataset);
    return application.exec();
}

} // namespace melscope
