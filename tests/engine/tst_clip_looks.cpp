// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/TinyFold.h"
#include "support/ErrorOf.h"

#include <QtTest>

#include <cmath>

using namespace melscope;

/// What a trained model sees in clips: its features of all, and the views of one.
class TestClipLooks : public QObject
{
    Q_OBJECT

private:
    TinyFold m_fold;
    FoldResult m_result;

private Q_SLOTS:
    void initTestCase()
    {
        m_fold.job.recipe = m_fold.job.recipe.with("evaluation.tta_views", "3");
        m_fold.job.recipe.augmentation = AugmentationChain::fromJson(
            Json::parse(R"({"spectrogram": [{"name": "spec_augment", "time_share": 0.9, "frequency_share": 0.9}]})"));
        RunControl control;
        m_result = m_fold.trainer().train(control, {});
    }

    void theHeadMakesThePredictionsOfTheFeatures()
    {
        const ClipFeatures found = m_fold.trainer().features([](int, int) { return true; });
        QCOMPARE(found.clips.size(), static_cast<size_t>(TinyFold::clips));
        QVERIFY(std::is_sorted(found.clips.begin(), found.clips.end()));
        QCOMPARE(found.features.rows, found.clips.size());
        const auto checkpoint = CheckpointStore(m_fold.job.folder, 2, foldIdentity(m_fold.job, m_fold.data())).loadLastEpoch();
        QVERIFY(checkpoint);
        torch::Tensor weight, bias;
        for (const auto& [name, tensor] : checkpoint->weights) {
            if (name == "fc.weight")
                weight = tensor.to(torch::kFloat64);
            if (name == "fc.bias")
                bias = tensor.to(torch::kFloat64);
        }
        QVERIFY(weight.defined() && bias.defined());
        QCOMPARE(found.features.columns, static_cast<size_t>(weight.size(1)));
        for (const ClipPrediction& prediction : m_result.predictions) {
            const auto row = found.features.row(static_cast<size_t>(prediction.clip));
            const torch::Tensor features = torch::tensor(std::vector<double>(row.begin(), row.end()), torch::kFloat64);
            const torch::Tensor probabilities = (weight.matmul(features) + bias).softmax(0);
            for (size_t label = 0; label < prediction.probabilities.size(); ++label)
                QVERIFY(std::abs(probabilities[static_cast<int64_t>(label)].item<double>() - static_cast<double>(prediction.probabilities[label])) < 1e-5);
        }
    }

    void theViewsAreThoseOfTheEvaluation()
    {
        for (const ClipPrediction& prediction : m_result.predictions) {
            const std::vector<ClipView> views = m_fold.trainer().views(prediction.clip);
            QCOMPARE(views.size(), size_t{4});
            for (size_t label = 0; label < prediction.probabilities.size(); ++label) {
                QVERIFY(std::abs(views[0].probabilities[label] - prediction.probabilities[label]) < 1e-5F);
                const float mean = (views[1].probabilities[label] + views[2].probabilities[label] + views[3].probabilities[label]) / 3.0F;
                QVERIFY(std::abs(mean - prediction.ttaProbabilities[label]) < 1e-5F);
            }
            const auto own = std::span(m_fold.values).subspan(static_cast<size_t>(prediction.clip * TinyFold::mels * TinyFold::frames), TinyFold::mels * TinyFold::frames);
            QVERIFY(std::ranges::equal(views[0].grid.values, own)); // as it is
            QVERIFY(views[1].grid.values != views[0].grid.values);
            QVERIFY(views[1].grid.values != views[2].grid.values);
        }
    }

    void whatCannotBeDoneIsSaid()
    {
        QCOMPARE(test::errorOf([&] { m_fold.trainer().views(TinyFold::clips); })->kind(), ErrorKind::InvalidValue);
        QCOMPARE(test::errorOf([] { TinyFold().trainer().features([](int, int) { return true; }); })->kind(), ErrorKind::Missing); // nothing was trained
        int asked = 0;
        QCOMPARE(test::errorOf([&] { m_fold.trainer().features([&](int, int) { return ++asked < 2; }); })->kind(), ErrorKind::Cancelled);
        QCOMPARE(asked, 2);
    }
};

QTEST_GUILESS_MAIN(TestClipLooks)
#include "tst_clip_looks.moc"
