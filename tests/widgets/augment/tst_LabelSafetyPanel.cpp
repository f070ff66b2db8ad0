// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/LabelSafetyModel.h"
#include "augment/LabelSafetyPanel.h"
#include "augment/ShippedChains.h"
#include "common/JobBar.h"
#include "common/Theme.h"

#include <QtTest>

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>

using namespace melscope;

class TestLabelSafetyPanel : public QObject
{
    Q_OBJECT

private:
    static std::vector<RunRecord> runs()
    {
        const FoldRecord fold{.fold = 1, .count = 80, .correct = 70};
        return {{.id = "aaaa1111", .name = "calm-otter-4", .recipeName = "resnet34-quick", .results = {fold}},
                {.id = "bbbb2222", .name = "unfinished-1", .recipeName = "resnet34-quick"},
                {.id = "cccc3333", .name = "brave-heron-7", .recipeName = "resnet34-published", .results = {fold}}};
    }

    /// Ten classes of 8 clips; class i changes with probability i / 10 under the last augmentation, never under the first.
    static LabelSafety safety()
    {
        const std::vector<std::string> classes{"dog", "rooster", "rain", "sea waves", "crackling fire", "crying baby", "sneezing", "clock tick",
                                               "helicopter", "chainsaw"};
        const std::vector<std::string> titles{"Gain", "Cyclic time shift", "Additive noise", "Pitch shift", "Time and frequency masks"};
        std::vector<AugmentedLabels> labels;
        for (int label = 0; label < 10; ++label)
            for (int clip = 0; clip < 8; ++clip) {
                std::vector<std::vector<int>> drawn;
                for (size_t i = 0; i < titles.size(); ++i)
                    drawn.push_back({10 * clip < 2 * static_cast<int>(i) * label ? (label + 1) % 10 : label});
                labels.push_back({.clip = 8 * label + clip, .label = label, .plain = label, .drawn = drawn});
            }
        return labelSafety(labels, classes, titles);
    }

    static QPushButton* button(const QWidget& panel, const QString& text)
    {
        for (QPushButton* each : panel.findChildren<QPushButton*>())
            if (each->text().remove(u'&').startsWith(text))
                return each;
        return nullptr;
    }

    static QString cell(const LabelSafetyPanel& panel, int row, int column) { return panel.table()->model()->index(row, column).data().toString(); }

private Q_SLOTS:
    void onlyRunsWithResultsCanBeChosen()
    {
        LabelSafetyPanel panel;
        panel.setRuns(runs());
        panel.show();
        std::vector<LabelSafetyPanel::Wish> wishes;
        connect(&panel, &LabelSafetyPanel::testRequested, this, [&](const LabelSafetyPanel::Wish& wish) { wishes.push_back(wish); });
        QTest::keyClick(panel.findChildren<QComboBox*>().front(), Qt::Key_Down);
        QTest::mouseClick(button(panel, QStringLiteral("Test")), Qt::LeftButton);
        QCOMPARE(wishes.size(), size_t{1});
        QCOMPARE(wishes[0].run, std::string("cccc3333"));
        QVERIFY(!wishes[0].chain);
        panel.setRuns(runs());
        QCOMPARE(panel.wish().run, std::string("cccc3333")); // a new list does not choose another run
    }

    void theChainIsTheRecipesThePagesOrAPreset()
    {
        LabelSafetyPanel panel;
        panel.setRuns(runs());
        auto* chains = panel.findChildren<QComboBox*>().at(1);
        panel.setCurrentChain(NamedChain::fromJson(Json::parse(R"({"title": "Mine", "spectrogram": [{"name": "time_roll"}]})")));
        QCOMPARE(panel.wish().chainTitle, QStringLiteral("the recipe's chain"));
        QTest::keyClick(chains, Qt::Key_Down);
        QCOMPARE(panel.wish().chainTitle, QStringLiteral("the chain \"Mine\""));
        QCOMPARE(panel.wish().chain->entries(AugmentationStage::Spectrogram).size(), size_t{1});
        QTest::keyClick(chains, Qt::Key_End);
        QVERIFY(panel.wish().chain->toJson() == shippedChains().back().chain.toJson());
    }

    void theTableHasSharesAndTheirHeat()
    {
        LabelSafetyPanel panel;
        panel.setRuns(runs());
        panel.showSafety(QStringLiteral("calm-otter-4"), QStringLiteral("the recipe's chain"), safety());
        QAbstractItemModelTester tester(panel.model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        QCOMPARE(panel.model()->rowCount(), 11);
        QCOMPARE(panel.model()->columnCount(), 7);
        const auto labels = panel.findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) { return label->text().startsWith(QStringLiteral("calm-otter-4 under each augmentation of the recipe's chain")); }));
        QVERIFY(cell(panel, 0, LabelSafetyModel::Class).startsWith(QLatin1String("All")));
        QCOMPARE(cell(panel, 0, LabelSafetyModel::Clips), QStringLiteral("80"));
        const auto ground = [&](int row, int column) { return panel.model()->index(row, column).data(Qt::BackgroundRole).value<QColor>(); };
        QCOMPARE(ground(1, 2), Theme::colours().base);    // nothing changes: no heat
        QVERIFY(ground(10, 6) != Theme::colours().base);
        QVERIFY(contrastRatio(ground(10, 6), panel.model()->index(10, 6).data(Qt::ForegroundRole).value<QColor>()) >= 4.5);
    }

    void aClickOnAHeadSortsAndAllClipsStayOnTop()
    {
        LabelSafetyPanel panel;
        panel.resize(900, 500);
        panel.setRuns(runs());
        panel.showSafety(QStringLiteral("calm-otter-4"), QStringLiteral("the recipe's chain"), safety());
        panel.show();
        QCOMPARE(cell(panel, 1, LabelSafetyModel::Class), QStringLiteral("chainsaw"));
        auto* head = panel.table()->horizontalHeader();
        const QPoint place(head->sectionViewportPosition(LabelSafetyModel::FirstAugmentation + 4) + 20, head->height() / 2);
        double previous = -1.0;
        for (const bool ascending : {true, false}) {
            QTest::mouseClick(head->viewport(), Qt::LeftButton, {}, place);
            if (head->sortIndicatorOrder() != (ascending ? Qt::AscendingOrder : Qt::DescendingOrder))
                QTest::mouseClick(head->viewport(), Qt::LeftButton, {}, place);
            QVERIFY(cell(panel, 0, LabelSafetyModel::Class).startsWith(QLatin1String("All")));
            previous = ascending ? -1.0 : 2.0;
            for (int row = 1; row <= 10; ++row) {
                const double share = panel.table()->model()->index(row, 6).data(LabelSafetyModel::ShareRole).toDouble();
                QVERIFY(ascending ? share >= previous : share <= previous);
                previous = share;
            }
        }
    }

    void whileTestingThereIsCancelAndNoSecondStart()
    {
        LabelSafetyPanel panel;
        panel.setRuns(runs());
        panel.show();
        QSignalSpy cancelled(&panel, &LabelSafetyPanel::cancelRequested);
        panel.begin(QStringLiteral("Testing"));
        QVERIFY(!button(panel, QStringLiteral("Test"))->isEnabled());
        QTest::mouseClick(panel.findChild<JobBar*>()->findChild<QToolButton*>(), Qt::LeftButton);
        QCOMPARE(cancelled.size(), 1);
        panel.finish();
        QVERIFY(button(panel, QStringLiteral("Test"))->isEnabled());
        QVERIFY(!button(panel, QStringLiteral("CSV"))->isEnabled()); // there is nothing to save yet
    }

    void looksRight_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QString>("state");
        for (const bool dark : {false, true})
            for (const char* state : {"table", "untested", "empty"})
                QTest::addRow("%s-%s", dark ? "dark" : "light", state) << dark << QString::fromLatin1(state);
    }
    void looksRight()
    {
        QFETCH(const bool, dark);
        QFETCH(const QString, state);
        Theme::instance().apply(dark ? Theme::Mode::Dark : Theme::Mode::Light);
        LabelSafetyPanel panel;
        panel.resize(820, 480);
        if (state != QLatin1String("empty"))
            panel.setRuns(runs());
        if (state == QLatin1String("table"))
            panel.showSafety(QStringLiteral("calm-otter-4"), QStringLiteral("the recipe's chain"), safety());
        panel.show();
        const QImage picture = panel.grab().toImage();
        if (const QString folder = qEnvironmentVariable("MELSCOPE_SCREENSHOTS"); !folder.isEmpty())
            picture.save(folder + QStringLiteral("/label-safety-") + QLatin1String(QTest::currentDataTag()) + QStringLiteral(".png"));
        QCOMPARE(qGray(picture.pixel(2, 2)) < 128, dark);
    }
};

QTEST_MAIN(TestLabelSafetyPanel)
#include "tst_LabelSafetyPanel.moc"
