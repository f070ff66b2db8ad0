// SPDX-License-Identifier: GPL-3.0-or-later
#include "DifficultyController.h"
#include "app/TinyDataset.h"
#include "augment/DifficultyBars.h"
#include "augment/DifficultyModel.h"
#include "common/JobBar.h"
#include "dataset/DatasetClipSource.h"

#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

using namespace melscope;

/// The panel and what feeds it, on a tiny dataset.
class TestDifficultyController : public QObject
{
    Q_OBJECT

private:
    static constexpr int patience = 60'000;

    QTemporaryDir m_folder;
    std::shared_ptr<const Dataset> m_dataset;
    const FrontEnd m_frontEnd = FrontEnd{}.with(Json{{"sample_rate", 8000}, {"clip_seconds", 0.5}, {"n_fft", 256}, {"hop", 128}, {"mels", 16}});
    const NamedChain m_chain = NamedChain::fromJson(Json::parse(R"({"title": "Mine", "spectrogram": [{"name": "time_roll"}, {"name": "spec_augment"}]})"));

    static QPushButton* measureButton(DifficultyPanel& panel)
    {
        for (QPushButton* button : panel.findChildren<QPushButton*>())
            if (button->text().contains(QLatin1String("Measure")))
                return button;
        return nullptr;
    }

    static bool says(const DifficultyPanel& panel, const QString& words)
    {
        const auto labels = panel.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->isVisible() && label->text().contains(words); });
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString folder = m_folder.filePath(QStringLiteral("tiny"));
        writeTinyDataset(folder);
        m_dataset = std::make_shared<const Dataset>(openDataset(folder.toStdString()));
    }

    void aClickMeasuresWhatTheMeterSays()
    {
        DifficultyPanel panel;
        DifficultyController controller(panel);
        controller.setDataset(m_dataset);
        controller.setFrontEnd(m_frontEnd);
        controller.setChain(m_chain);
        panel.show();
        QTest::mouseClick(measureButton(panel), Qt::LeftButton);
        QVERIFY(panel.findChild<JobBar*>()->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(!panel.findChild<JobBar*>()->isVisible(), patience);
        QCOMPARE(panel.model()->rowCount(), 2);
        QVERIFY(says(panel, QStringLiteral("Mine: 18 clips outside fold 4")));

        const auto extractor = std::make_shared<const SpectrogramExtractor>(m_frontEnd);
        const ClipSource source = DatasetClipSource::create(m_dataset, extractor, 4);
        const DifficultyMeter meter(extractor, source, source.partners, {});
        QCOMPARE(panel.verdict(), QString::fromStdString(verdictOn(meter.measure(m_chain.chain))));
    }

    void whatIsShownIsStaleUnderAnotherChainOnly()
    {
        DifficultyPanel panel;
        DifficultyController controller(panel);
        controller.setDataset(m_dataset);
        controller.setFrontEnd(m_frontEnd);
        controller.setChain(m_chain);
        panel.show();
        QTest::mouseClick(measureButton(panel), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!panel.findChild<JobBar*>()->isVisible(), patience);
        const QString stale = QStringLiteral("measure again");
        QVERIFY(!says(panel, stale));
        controller.setChain({.title = "Other", .chain = m_chain.chain.withEnabled(AugmentationStage::Spectrogram, 0, false)});
        QVERIFY(says(panel, stale));
        QVERIFY(says(panel, QStringLiteral("These figures are of \"Mine\"")));
        controller.setChain(m_chain);
        QVERIFY(!says(panel, stale));
        controller.setFrontEnd(m_frontEnd.with(Json{{"mels", 20}}));
        QVERIFY(says(panel, stale));
    }

    void aFailureIsSaidBesideTheFields()
    {
        Dataset broken = *m_dataset;
        for (Clip& clip : broken.clips)
            clip.path = "/nowhere/" + clip.name;
        DifficultyPanel panel;
        DifficultyController controller(panel);
        controller.setDataset(std::make_shared<const Dataset>(broken));
        controller.setFrontEnd(m_frontEnd);
        panel.show();
        QTest::mouseClick(measureButton(panel), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(says(panel, QStringLiteral("/nowhere/")), patience);
        QVERIFY(measureButton(panel)->isEnabled());
    }
};

QTEST_MAIN(TestDifficultyController)
#include "tst_difficulty_controller.moc"
