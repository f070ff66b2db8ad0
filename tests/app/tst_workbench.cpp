// SPDX-License-Identifier: GPL-3.0-or-later
#include "Workbench.h"
#include "runs/RunStore.h"

#include <QtTest>

using namespace melscope;

class WorkbenchTest : public QObject
{
    Q_OBJECT

private slots:
    void nothingNamedMeansTheUsualPlaces()
    {
        const auto arguments = WorkbenchArguments::parse({"melscope"});
        QCOMPARE(arguments.error, QString());
        QCOMPARE(arguments.dataset, QString());
        QCOMPARE(arguments.runsFolder, defaultRunsFolder());
    }

    void aDatasetAndAFolderOfRunsStandInAnyOrder()
    {
        for (const QStringList& words : {QStringList{"melscope", "clips", "--runs", "mine"}, QStringList{"melscope", "--runs=mine", "clips"}}) {
            const auto arguments = WorkbenchArguments::parse(words);
            QCOMPARE(arguments.error, QString());
            QCOMPARE(arguments.dataset, QStringLiteral("clips"));
            QCOMPARE(arguments.runsFolder, std::filesystem::path("mine"));
        }
    }

    void wordsWithoutSenseAreASentence()
    {
        QVERIFY(WorkbenchArguments::parse({"melscope", "clips", "--rnus", "mine"}).error.contains("rnus"));
        QVERIFY(WorkbenchArguments::parse({"melscope", "clips", "--runs"}).error.contains("runs"));
        QVERIFY(WorkbenchArguments::parse({"melscope", "clips", "more"}).error.contains("one dataset"));
    }
};

QTEST_APPLESS_MAIN(WorkbenchTest)
#include "tst_workbench.moc"
