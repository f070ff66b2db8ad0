// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/ContrastiveLoss.h"

#include <QtTest>

#include <cmath>

using namespace melscope;

class TestContrastiveLoss : public QObject
{
    Q_OBJECT

private:
    static bool near(double a, double b, double tolerance = 1e-5) { return std::abs(a - b) < tolerance; }

private Q_SLOTS:
    /// Every pair at a corner of its own: the loss has a closed form.
    void orthogonalPairsHaveTheirFormula()
    {
        const int64_t pairs = 4;
        const torch::Tensor corners = 3.0 * torch::eye(pairs);
        const double temperature = 0.5;
        const ContrastiveLoss result = contrastiveLoss(torch::cat({corners, corners}), temperature);
        const double expected = std::log(std::exp(1.0 / temperature) + 2.0 * (pairs - 1)) - 1.0 / temperature;
        QVERIFY(near(result.loss.item<double>(), expected));
        QCOMPARE(result.right, 2 * pairs);
        QVERIFY(near(result.alignment, 0.0));
        // Of a view's seven others one is at distance 0, six at sqrt(2).
        QVERIFY(near(result.uniformity, std::log((1.0 + 6.0 * std::exp(-4.0)) / 7.0)));
    }

    void collapsedViewsAreChance()
    {
        const ContrastiveLoss result = contrastiveLoss(torch::ones({8, 5}), 0.1);
        QVERIFY(near(result.loss.item<double>(), std::log(7.0)));
        QVERIFY(near(result.uniformity, 0.0));
    }

    void oppositePartnersAreFarthest()
    {
        const torch::Tensor views = torch::randn({3, 16});
        const ContrastiveLoss result = contrastiveLoss(torch::cat({views, -views}), 0.1);
        QVERIFY(near(result.alignment, 4.0));
        QCOMPARE(result.right, int64_t{0});
    }

    void lengthsDoNotMatter()
    {
        torch::manual_seed(1);
        const torch::Tensor views = torch::randn({12, 7});
        const torch::Tensor longer = views * (0.1 + torch::rand({12, 1}));
        QVERIFY(near(contrastiveLoss(views, 0.2).loss.item<double>(), contrastiveLoss(longer, 0.2).loss.item<double>()));
    }

    void bf16IsComputedInFp32()
    {
        torch::manual_seed(1);
        const torch::Tensor views = torch::randn({12, 7}).to(torch::kBFloat16);
        const ContrastiveLoss result = contrastiveLoss(views, 0.1);
        QCOMPARE(result.loss.scalar_type(), torch::kFloat32);
        QVERIFY(near(result.loss.item<double>(), contrastiveLoss(views.to(torch::kFloat32), 0.1).loss.item<double>()));
    }

    void theGradientIsThatOfDifferences()
    {
        torch::manual_seed(2);
        torch::Tensor views = torch::randn({6, 4}).requires_grad_();
        contrastiveLoss(views, 0.5).loss.backward();
        const torch::NoGradGuard noGrad;
        const double step = 1e-2;
        for (int64_t row = 0; row < 6; ++row)
            for (int64_t column = 0; column < 4; ++column) {
                torch::Tensor up = views.clone(), down = views.clone();
                up[row][column] += step;
                down[row][column] -= step;
                const double difference = contrastiveLoss(up, 0.5).loss.item<double>() - contrastiveLoss(down, 0.5).loss.item<double>();
                QVERIFY(near(difference / (2.0 * step), views.grad()[row][column].item<double>(), 2e-3));
            }
    }
};

QTEST_GUILESS_MAIN(TestContrastiveLoss)
#include "tst_contrastive_loss.moc"
