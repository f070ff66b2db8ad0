// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/ModelMap.h"
#include "runs/TrainingQueue.h"
#include "support/ErrorOf.h"
#include "support/FakeEngine.h"
#include "support/ReportRecorder.h"
#include "support/TinyDataset.h"
#include "support/TinyRun.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace melscope;
using namespace melscope::test;
namespace fs = std::filesystem;

class TestModelMap : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::shared_ptr<RunStore> m_store;
    RunRecord m_run;
    FakeEngine m_engine;

    static bool goOn(int, int) { return true; }

private Q_SLOTS:
    void initTestCase()
    {
        const fs::path folder(m_folder.path().toStdString());
        m_store = std::make_shared<RunStore>(folder / "store");
        ReportRecorder recorder;
        TrainingQueue queue(m_store, recorder.sink(), [] { return std::make_shared<FakeEngine>(FakeScript{}); });
        const std::string id = queue.add(tinyRun(tinyDataset(folder / "data"), 2, {2})).id; // fold 1 is never held out
        queue.waitUntilIdle();
        m_run = m_store->find(id);
        QCOMPARE(m_run.state, RunState::Finished);
    }

    void everyClipIsThereAndHeldOutOnesHaveTheirPrediction()
    {
        const ModelMap map = measureModelMap(*m_store, m_run, 2, m_engine, goOn);
        const Predictions predictions = m_store->predictions(m_run.id);
        QCOMPARE(map.clips.size(), size_t{8});
        QCOMPARE(map.features.rows, size_t{8});
        QCOMPARE(map.classes, m_run.classes);
        size_t heldOut = 0;
        for (size_t i = 0; i < map.clips.size(); ++i) {
            const MappedClip& clip = map.clips[i];
            QCOMPARE(map.features.row(i)[0], 10.0F * static_cast<float>(clip.label));
            QCOMPARE(clip.heldOut(), clip.fold == 2);
            if (!clip.heldOut())
                continue;
            QCOMPARE(clip.name, predictions[heldOut].name);
            QCOMPARE(clip.predicted, predictions[heldOut].predicted);
            QCOMPARE(clip.loss, predictions[heldOut].loss);
            ++heldOut;
        }
        QCOMPARE(heldOut, size_t{4});
    }

    void aVerdictIsOnTheClipAndOnWhatItWasTakenFor()
    {
        ModelMap map = measureModelMap(*m_store, m_run, 2, m_engine, goOn);
        std::vector<MappedClip*> wrong;
        for (MappedClip& clip : map.clips) {
            if (clip.heldOut())
                clip.predicted = 1 - clip.label;
            if (clip.wrong())
                wrong.push_back(&clip);
        }
        QCOMPARE(wrong.size(), size_t{4});
        const auto give = [&](const MappedClip& clip, int predicted) {
            m_store->setVerdict(m_run.datasetFingerprint, {.clip = clip.name, .label = map.classes[static_cast<size_t>(clip.label)],
                                                           .predicted = map.classes[static_cast<size_t>(predicted)], .verdict = Verdict::LabelWrong});
        };
        give(*wrong[0], wrong[0]->predicted);
        give(*wrong[1], wrong[1]->label); // of another mistake than this run's
        readVerdicts(map, *m_store);
        QCOMPARE(wrong[0]->verdict, Verdict::LabelWrong);
        QCOMPARE(wrong[1]->verdict, Verdict::None);
        QCOMPARE(wrong[2]->verdict, Verdict::None);
    }

    void theAnatomysMeanIsThatOfTheViewsWithoutTheClipItself()
    {
        const ClipAnatomy anatomy = lookAtClip(*m_store, m_run, 2, "2-1-A-1.wav", m_engine);
        QCOMPARE(anatomy.label, 1);
        QCOMPARE(anatomy.views.size(), size_t{3});
        QCOMPARE(anatomy.mean, (std::vector<float>{0.375F, 0.625F})); // of 2/4 and 3/4
        QCOMPARE(anatomy.views.front().probabilities.at(1), 0.25F);   // what it is compared with
    }

    void whatIsNotThereIsSaid()
    {
        QCOMPARE(errorOf([&] { measureModelMap(*m_store, m_run, 1, m_engine, goOn); })->kind(), ErrorKind::Empty);
        QCOMPARE(errorOf([&] { measureModelMap(*m_store, m_run, 2, m_engine, [](int, int) { return false; }); })->kind(), ErrorKind::Cancelled);
        QCOMPARE(errorOf([&] { lookAtClip(*m_store, m_run, 2, "nowhere.wav", m_engine); })->kind(), ErrorKind::Missing);
    }
};

QTEST_APPLESS_MAIN(TestModelMap)
#include "tst_model_map.moc"
