// SPDX-License-Identifier: GPL-3.0-or-later
#include "Workbench.h"

#include "CostController.h"
#include "DatasetController.h"
#include "MainWindow.h"
#include "RunsController.h"
#include "common/Theme.h"
#include "runs/RunStore.h"
#include "training/RunForm.h"
#include "training/TrainPage.h"

#include <QApplication>
#include <QSettings>

namespace melscope {

void setUpApplication(QApplication& application)
{
    application.setOrganizationName(QStringLiteral("melscope"));
    application.setApplicationName(QStringLiteral("melscope"));
    application.setApplicationDisplayName(QStringLiteral("Melscope"));
    application.setApplicationVersion(QStringLiteral(MELSCOPE_VERSION));
    application.setDesktopFileName(QStringLiteral("org.melscope.Melscope"));
    application.setWindowIcon(QIcon(QStringLiteral(":/melscope/org.melscope.Melscope.svg")));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    Theme::instance().apply(static_cast<Theme::Mode>(QSettings().value(QStringLiteral("theme"), 0).toInt()));
}

int runWorkbench(int argc, char** argv)
{
    QApplication application(argc, argv);
    setUpApplication(application);
    MainWindow window(defaultRunsFolder());
    const CostController cost(*window.train().form(), window.runs());
    window.show();
    const QStringList arguments = application.arguments();
    if (arguments.size() > 1)
        window.datasets().open(arguments.at(1));
    else
        window.datasets().openRememberedOrDemo();
    return application.exec();
}

} // namespace melscope
