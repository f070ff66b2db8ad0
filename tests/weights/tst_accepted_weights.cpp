// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/AcceptedWeights.h"
#include "weights/WeightReleases.h"

#include <QtTest>

using namespace melscope;

class TestAcceptedWeights : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void methodsThatStartFromWeightsNameFilesAndWhereTheyAre()
    {
        const AcceptedWeights efficientNet = acceptedWeights("efficientnet-b0");
        QCOMPARE(efficientNet.models, (std::vector<std::string>{"EfficientNet-B0", "EfficientNet-Lite0"}));
        const AcceptedWeights beats = acceptedWeights("beats-finetuned");
        QCOMPARE(beats.models, (std::vector<std::string>{"BEATs, fine-tuned", "BEATs, pretrained"}));
        for (const AcceptedWeights& accepted : {efficientNet, beats}) {
            QVERIFY(!accepted.published.empty());
            for (const AcceptedWeights::Published& published : accepted.published)
                QVERIFY(releaseNamed(published.file) && !published.source.empty());
        }
        const auto isBeats = [](const AcceptedWeights::Published& published) { return published.file.starts_with("BEATs"); };
        QVERIFY(std::ranges::none_of(efficientNet.published, isBeats));
        QVERIFY(std::ranges::all_of(beats.published, isBeats));
    }

    void methodsFromScratchNameNone()
    {
        for (const char* method : {"resnet34", "simclr", "no such method"})
            QVERIFY(acceptedWeights(method).models.empty() && acceptedWeights(method).published.empty());
    }
};

QTEST_APPLESS_MAIN(TestAcceptedWeights)
#include "tst_accepted_weights.moc"
