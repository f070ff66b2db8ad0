// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/OneCycle.h"

#include <QtTest>

using namespace melscope;

class TestOneCycle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsTopsAndEndsWhereItShould()
    {
        const OneCycle cycle{.steps = 101, .maxRate = 0.5, .warmupShare = 11.0 / 101.0, .divFactor = 10.0, .finalDivFactor = 100.0};
        QVERIFY(qAbs(cycle.at(0).learningRate - 0.05) < 1e-12);
        QVERIFY(qAbs(cycle.at(10).learningRate - 0.5) < 1e-12);
        QVERIFY(qAbs(cycle.at(100).learningRate - 0.0005) < 1e-12);
        QVERIFY(qAbs(cycle.at(0).beta1 - 0.95) < 1e-12);
        QVERIFY(qAbs(cycle.at(10).beta1 - 0.85) < 1e-12);
        QVERIFY(qAbs(cycle.at(100).beta1 - 0.95) < 1e-12);
    }

    void risesThenFalls()
    {
        for (const auto annealing : {OneCycle::Annealing::Cosine, OneCycle::Annealing::Linear}) {
            const OneCycle cycle{.steps = 50, .warmupShare = 0.3, .annealing = annealing};
            for (int64_t step = 1; step < 50; ++step) {
                const bool rising = step <= 14;
                QCOMPARE(cycle.at(step).learningRate > cycle.at(step - 1).learningRate, rising);
                QCOMPARE(cycle.at(step).beta1 < cycle.at(step - 1).beta1, rising);
            }
        }
    }

    void oneStepAndNoWarmUpAreNumbers()
    {
        for (const double warmup : {0.0, 0.5, 1.0}) {
            const OneCycle::Point point = OneCycle{.steps = 1, .warmupShare = warmup}.at(0);
            QVERIFY(std::isfinite(point.learningRate) && point.learningRate > 0.0 && point.learningRate <= 1e-3);
        }
    }
};

QTEST_GUILESS_MAIN(TestOneCycle)
#include "tst_one_cycle.moc"
