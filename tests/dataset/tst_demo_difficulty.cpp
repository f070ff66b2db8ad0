// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/PretextDifficulty.h"
#include "augment/ShippedChains.h"
#include "dataset/DemoDataset.h"

#include <QtTest>

#include <map>
#include <numeric>

using namespace melscope;

/// The lesson that the meter is there for, on sounds that anybody has: the milder a chain, the more shortcuts it leaves. Clips of one
/// class are more alike here than recordings are, so figures are lower than on those.
class TestDemoDifficulty : public QObject
{
    Q_OBJECT

private:
    static constexpr int takes = 8; // of each class
    std::vector<SharedValues> m_clips;
    std::map<std::string, PretextDifficulty> m_measured; // by preset

    ClipSource source() const
    {
        ClipSource source{.samples = [this](int clip) { return m_clips[static_cast<size_t>(clip)]; }, .label = [](int clip) { return clip / takes; }};
        source.partners.resize(m_clips.size());
        std::iota(source.partners.begin(), source.partners.end(), 0);
        return source;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const FrontEnd frontEnd = FrontEnd::preset("esc").with(Json{{"mels", 64}, {"hop", 882}});
        const auto extractor = std::make_shared<const SpectrogramExtractor>(frontEnd);
        for (int label = 0; label < static_cast<int>(demoClasses().size()); ++label)
            for (int take = 0; take < takes; ++take)
                m_clips.push_back(shareValues(extractor->prepare(synthesiseDemoClip(label, take, 0), true)));
        const DifficultyMeter meter(extractor, source(), source().partners, {.clips = 10 * takes, .pairs = 64});
        for (const NamedChain& preset : shippedChains())
            m_measured[preset.name] = meter.measure(preset.chain);
    }

    void withoutAugmentationEveryShortcutWorks()
    {
        for (const DescriptorScore& score : m_measured["none"].scores)
            QVERIFY2(score.top1 > 0.99, score.descriptor.c_str());
    }

    void aMildChainLeavesShortcuts()
    {
        QVERIFY(m_measured["light"].easiest().top1 > 0.8);
        QVERIFY(QString::fromStdString(verdictOn(m_measured["light"])).contains(QStringLiteral("gets far by the temporal envelope alone")));
    }

    void thePublishedMasksLeaveHalfOfThem()
    {
        const double share = m_measured["published"].easiest().top1;
        QVERIFY2(share > 0.35 && share < m_measured["light"].easiest().top1 - 0.2, qPrintable(QString::number(share)));
    }

    void theContrastiveChainLeavesFew()
    {
        const double share = m_measured["contrastive"].easiest().top1;
        QVERIFY2(share < m_measured["published"].easiest().top1 - 0.2, qPrintable(QString::number(share)));
        QVERIFY2(share > 3.0 * m_measured["contrastive"].chance, "the views have nothing in common");
    }

    void everyPresetWasMeasured()
    {
        QCOMPARE(m_measured.size(), shippedChains().size());
    }
};

QTEST_APPLESS_MAIN(TestDemoDifficulty)
#include "tst_demo_difficulty.moc"
