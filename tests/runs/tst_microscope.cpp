// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunMicroscope.h"
#include "runs/TrainingQueue.h"
#include "support/ErrorOf.h"
#include "support/FakeEngine.h"
#include "support/ReportRecorder.h"
#include "support/TinyDataset.h"
#include "support/TinyRun.h"
#include "tokens/TinyTokens.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace melscope;
using namespace melscope::test;
namespace fs = std::filesystem;

class TestMicroscope : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::shared_ptr<RunStore> m_store;
    RunCodebook m_round;
    FakeEngine m_engine;

private Q_SLOTS:
    void initTestCase()
    {
        const fs::path folder(m_folder.path().toStdString());
        m_store = std::make_shared<RunStore>(folder / "store");
        ReportRecorder recorder;
        TrainingQueue queue(m_store, recorder.sink(), [] { return std::make_shared<FakeEngine>(FakeScript{}); });
        m_round = {.run = queue.add(tinyRun(tinyDataset(folder / "data"), 1, {2})).id, .fold = 2, .round = 3, .file = folder / "codes.safetensors"};
        queue.waitUntilIdle();
        writeTokenSet(m_round.file, tinyTokens(4, {{0, 1, 2, 3}, {3, 3, 0, 1}}));
    }

    void aLookHasTheCodesOfItsRound()
    {
        const MicroscopeLook look = lookThroughMicroscope(*m_store, m_round, {.round = 1, .batch = 5}, m_engine);
        QCOMPARE(look.round, m_round);
        QCOMPARE(*look.tokens, readTokenSet(m_round.file));
    }

    void aCodebookThatIsGoneIsNamed()
    {
        RunCodebook gone = m_round;
        gone.file = "/nowhere/codes.safetensors";
        const auto missing = errorOf([&] { lookThroughMicroscope(*m_store, gone, {}, m_engine); });
        QVERIFY(missing && std::string(missing->what()).find("/nowhere/codes.safetensors") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestMicroscope)
#include "tst_microscope.moc"
