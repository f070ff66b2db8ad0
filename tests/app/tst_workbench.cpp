// SPDX-License-Identifier: GPL-3.0-or-later
#include "Workbench.h"
#include "runs/RunStore.h"

#include <QTest>

using namespace melscope;

class WorkbenchTest : public QObject
{
    Q_OBJECT

    static QStringList words(const char* line) { return QString::fromLatin1(line).split(QLatin1Char(' ')); }

private Q_SLOTS:
    void nothingNamedMeansTheUsualPlaces()
    {
        const auto arguments = WorkbenchArguments::parse(words("melscope"));
        QCOMPARE(arguments.error, QString());
        QCOMPARE(arguments.dataset, QString());
        QCOMPARE(arguments.runsFolder, defaultRunsFolder());
    }

    void aDatasetAndAFolderOfRunsStandInAnyOrder()
    {
        for (const QStringList& given : {words("melscope clips --runs mine"), words("melscope --runs=mine clips")}) {
            const auto arguments = WorkbenchArguments::parse(given);
            QCOMPARE(arguments.error, QString());
            QCOMPARE(arguments.dataset, QStringLiteral("clips"));
            QCOMPARE(arguments.runsFolder, std::filesystem::path("mine"));
        }
    }

    void wordsWithoutSenseAreASentence()
    {
        QVERIFY(WorkbenchArguments::parse(words("melscope clips --rnus mine")).error.contains(QLatin1String("rnus")));
        QVERIFY(WorkbenchArguments::parse(words("melscope clips --runs")).error.contains(QLatin1String("runs")));
        QVERIFY(WorkbenchArguments::parse(words("melscope clips more")).error.contains(QLatin1String("one dataset")));
    }
};

QTEST_APPLESS_MAIN(WorkbenchTest)
#include "tst_workbench.moc"
