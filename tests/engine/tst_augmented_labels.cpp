// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/TinyFold.h"
#include "support/ErrorOf.h"

#include <QtTest>

#include <set>

using namespace melscope;

/// What a trained model says of its held-out clips under augmentations.
class TestAugmentedLabels : public QObject
{
    Q_OBJECT

private:
    TinyFold m_fold;
    FoldResult m_result;

    static AugmentationChain chain(const char* json) { return AugmentationChain::fromJson(Json::parse(json)); }
    static AugmentationChain nothing() { return chain(R"({"spectrogram": [{"name": "time_roll", "max_share": 0}]})"); }
    /// So many masks up to the whole width that next to nothing of the clip is left.
    static AugmentationChain everything()
    {
        return chain(R"({"spectrogram": [{"name": "spec_augment", "time_masks": 8, "time_share": 1, "frequency_masks": 8, "frequency_share": 1},
                                         {"name": "spec_augment", "time_masks": 8, "time_share": 1, "frequency_masks": 8, "frequency_share": 1}]})");
    }

    std::vector<AugmentedLabels> labelsUnder(const std::vector<AugmentationChain>& chains, int draws)
    {
        return m_fold.trainer().labelsUnder(chains, draws, [](int, int) { return true; });
    }

private Q_SLOTS:
    void initTestCase()
    {
        RunControl control;
        m_result = m_fold.trainer().train(control, {});
        std::set<int> answers;
        for (const ClipPrediction& prediction : m_result.predictions)
            answers.insert(prediction.predicted);
        QVERIFY2(answers.size() > 1, "a model that always says the same would make these tests say nothing");
    }

    void asTheyAreTheyArePredictedAsInTheResult()
    {
        const auto labels = labelsUnder({nothing()}, 1);
        QCOMPARE(labels.size(), m_result.predictions.size());
        for (size_t i = 0; i < labels.size(); ++i) {
            QCOMPARE(labels[i].clip, m_result.predictions[i].clip);
            QCOMPARE(labels[i].label, m_result.predictions[i].label);
            QCOMPARE(labels[i].plain, m_result.predictions[i].predicted);
        }
    }

    void nothingChangesNothing()
    {
        for (const AugmentedLabels& clip : labelsUnder({nothing()}, 3))
            QCOMPARE(clip.drawn, (std::vector<std::vector<int>>{std::vector(3, clip.plain)}));
    }

    void whatErasesEverythingLeavesOneAnswer()
    {
        std::set<int> answers;
        for (const AugmentedLabels& clip : labelsUnder({everything()}, 4))
            answers.insert(clip.drawn[0].begin(), clip.drawn[0].end());
        QCOMPARE(answers.size(), size_t{1});
    }

    void theSameAgain()
    {
        const std::vector<AugmentationChain> chains{chain(R"({"spectrogram": [{"name": "spec_augment", "time_share": 0.6}]})"), everything()};
        QVERIFY(labelsUnder(chains, 2) == labelsUnder(chains, 2));
    }

    void drawsAreThoseOfTheTestTimeViews()
    {
        TinyFold other;
        other.job.recipe.augmentation = chain(R"({"spectrogram": [{"name": "spec_augment", "time_share": 0.9, "frequency_share": 0.9}]})");
        RunControl control;
        other.trainer().train(control, {});
        const FoldResult oneView = other.trainer().evaluate(1);
        const auto labels = other.trainer().labelsUnder({other.job.recipe.augmentation}, 1, [](int, int) { return true; });
        for (size_t i = 0; i < labels.size(); ++i)
            QCOMPARE(labels[i].drawn[0][0], oneView.predictions[i].ttaPredicted);
    }

    void givingUpEndsIt()
    {
        const auto error = test::errorOf([] { TinyFold().trainer().labelsUnder({nothing()}, 1, [](int, int) { return true; }); });
        QVERIFY(error); // nothing was trained
        QCOMPARE(error->kind(), ErrorKind::Missing);
        int asked = 0;
        const auto cancelled = test::errorOf([&] { m_fold.trainer().labelsUnder({nothing()}, 1, [&](int, int) { return ++asked < 2; }); });
        QVERIFY(cancelled);
        QCOMPARE(cancelled->kind(), ErrorKind::Cancelled);
        QCOMPARE(asked, 2);
    }
};

QTEST_GUILESS_MAIN(TestAugmentedLabels)
#include "tst_augmented_labels.moc"
