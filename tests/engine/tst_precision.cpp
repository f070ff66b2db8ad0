// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/Cpu.h"
#include "engine/Precision.h"

#include <QtTest>

using namespace melscope;

class TestPrecision : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void autoIsTheFasterPrecisionOfTheNetwork()
    {
        const std::string fastest = cpuHasBf16() ? "bf16" : "fp32";
        for (const Recipe& recipe : shippedRecipes()) {
            QCOMPARE(precisionOf(recipe.with("training.precision", "auto")), recipe.method == "efficientnet-b0" ? std::string("fp32") : fastest);
            for (const char* wish : {"fp32", "bf16"})
                QCOMPARE(precisionOf(recipe.with("training.precision", wish)), std::string(wish));
        }
    }
};

QTEST_GUILESS_MAIN(TestPrecision)
#include "tst_precision.moc"
