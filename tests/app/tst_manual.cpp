// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandRunner.h"
#include "cli/Commands.h"

#include <QFile>
#include <QtTest>

using namespace melscope;

class TestManual : public QObject
{
    Q_OBJECT

private:
    QString m_manual; ///< words only, without troff's fonts and escapes

    static QString words(QString source)
    {
        source.replace(QLatin1String("\\-"), QLatin1String("-"));
        source.remove(QRegularExpression(QStringLiteral("\\\\f[A-Z]")));
        source.replace(QRegularExpression(QStringLiteral("^\\.(B|I|BI|BR|IR|RI|TP|SH|SS)\\b"), QRegularExpression::MultilineOption), QString());
        source.remove(u'"');
        return source.simplified();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(QStringLiteral(MELSCOPE_MANUAL));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_manual = words(QString::fromUtf8(file.readAll()));
    }

    void describesEveryCommandAndOption()
    {
        for (const cli::Command& command : cli::commands([](bool) { return 0; })) {
            QVERIFY2(m_manual.contains(QStringLiteral("melscope ") + QString::fromStdString(command.name)), command.name.c_str());
            for (const cli::Option& option : command.options)
                QVERIFY2(m_manual.contains(QStringLiteral("--") + QString::fromStdString(option.name)),
                         (command.name + " --" + option.name).c_str());
        }
    }

    void everyCommandOfTheHelpIsInIt()
    {
        const CommandResult help = CommandRunner().run({QStringLiteral("--help")});
        QCOMPARE(help.status, 0);
        const QString list = help.out.section(QLatin1String("Commands:"), 1).section(QLatin1String("melscope COMMAND"), 0, 0);
        int commands = 0;
        for (const QString& line : list.split(u'\n')) {
            static const QRegularExpression beginning(QStringLiteral("^  ([a-z-]+( [a-z]+)?)(  | [A-Z\\[]|$)"));
            const QRegularExpressionMatch match = beginning.match(line);
            if (!match.hasMatch())
                continue;
            ++commands;
            QVERIFY2(m_manual.contains(QStringLiteral("melscope ") + match.captured(1)), qPrintable(line));
        }
        QCOMPARE(commands, static_cast<int>(cli::commands([](bool) { return 0; }).size()));
    }
};

QTEST_GUILESS_MAIN(TestManual)
#include "tst_manual.moc"
