// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/DifficultyBars.h"
#include "augment/DifficultyModel.h"
#include "augment/DifficultyPanel.h"
#include "common/JobBar.h"
#include "common/Theme.h"

#include <QtTest>

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>

using namespace melscope;

class TestDifficultyPanel : public QObject
{
    Q_OBJECT

private:
    static std::shared_ptr<const Dataset> dataset()
    {
        return std::make_shared<const Dataset>(Dataset{.name = "ESC-10", .classes = {"a"}, .folds = {1, 2, 3, 4, 5}});
    }

    static PretextDifficulty difficulty(double bands, double envelope, double both)
    {
        PretextDifficulty result{.clips = 200, .pairs = 128, .chance = 1.0 / 255.0};
        for (const auto& [name, top1] : {std::pair("bands", bands), std::pair("envelope", envelope), std::pair("both", both)})
            result.scores.push_back({.descriptor = name, .top1 = top1, .interval = wilsonIntervalOfShare(top1, 200)});
        return result;
    }

    static void fill(DifficultyPanel& panel)
    {
        panel.setDataset(dataset());
        panel.showDifficulty(difficulty(0.742, 0.08, 0.55), {.chain = QStringLiteral("Contrastive"), .clips = QStringLiteral("200 clips outside fold 5")});
        panel.addWithout(QStringLiteral("Gain"), difficulty(0.751, 0.08, 0.56));
        panel.addWithout(QStringLiteral("Random equaliser"), difficulty(0.968, 0.09, 0.81));
        panel.addWithout(QStringLiteral("Cyclic time shift"), difficulty(0.742, 0.93, 0.97));
        panel.addWithout(QStringLiteral("Background from another clip"), difficulty(0.70, 0.07, 0.5));
    }

    static QPushButton* measureButton(DifficultyPanel& panel)
    {
        for (QPushButton* button : panel.findChildren<QPushButton*>())
            if (button->text().contains(QLatin1String("Measure")))
                return button;
        return nullptr;
    }

private Q_SLOTS:
    void aClickAsksForWhatTheFieldsSay()
    {
        DifficultyPanel panel;
        panel.setDataset(dataset());
        panel.show();
        std::vector<DifficultyPanel::Wish> wishes;
        connect(&panel, &DifficultyPanel::measureRequested, this, [&](const DifficultyPanel::Wish& wish) { wishes.push_back(wish); });
        auto* fold = panel.findChild<QComboBox*>();
        QTest::keyClick(fold, Qt::Key_Up); // from the last fold to the one before
        QTest::mouseClick(measureButton(panel), Qt::LeftButton);
        QCOMPARE(wishes.size(), size_t{1});
        QCOMPARE(wishes[0].heldOut, 4);
        QCOMPARE(wishes[0].settings.clips, 200);
        QCOMPARE(wishes[0].settings.pairs, 128);
        QVERIFY(wishes[0].withoutEach);
    }

    void aRowThatComesLaterIsReadInFull()
    {
        DifficultyPanel panel;
        fill(panel);
        panel.resize(400, 500);
        panel.show();
        panel.addWithout(QStringLiteral("Time mask"), difficulty(0.96, 1.0, 1.0));
        const auto* table = panel.findChild<QTableView*>();
        const QAbstractItemView* view = table;
        for (int column = DifficultyModel::Without + 1; column < table->model()->columnCount(); ++column)
            QVERIFY2(table->columnWidth(column) >= view->sizeHintForColumn(column), qPrintable(QString::number(column)));
    }

    void barsAreAsLongAsTheFigures()
    {
        DifficultyBars bars;
        bars.resize(600, bars.sizeHint().height());
        bars.setDifficulty(difficulty(1.0, 0.25, 0.5));
        QCOMPARE(bars.barRect(1).width(), bars.barRect(0).width() * 0.25);
        QCOMPARE(bars.barRect(2).width(), bars.barRect(0).width() * 0.5);
        QVERIFY(bars.accessibleDescription().contains(QLatin1String("Temporal envelope 25.0 %")));
    }

    void theTableSaysHowTheEasiestWayMoves()
    {
        DifficultyPanel panel;
        fill(panel);
        QAbstractItemModelTester tester(panel.model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        const auto cell = [&](int row, int column) { return panel.model()->index(row, column).data().toString(); };
        QCOMPARE(panel.model()->rowCount(), 4);
        QCOMPARE(cell(0, DifficultyModel::Easiest), QStringLiteral("bands +0.9"));
        QCOMPARE(cell(2, DifficultyModel::Bands), QStringLiteral("74.2 %"));
        QCOMPARE(cell(2, DifficultyModel::Easiest), QStringLiteral("both +22.8")); // by another descriptor than the whole chain
        QCOMPARE(cell(3, DifficultyModel::Easiest), QStringLiteral("bands −4.2"));
        QVERIFY(panel.model()->index(2, DifficultyModel::Easiest).data(Qt::ToolTipRole).toString().contains(QStringLiteral("bands, 74.2 %")));
        panel.showDifficulty(difficulty(1, 1, 1), {});
        QCOMPARE(panel.model()->rowCount(), 0);
        panel.addWithout(QStringLiteral("Gain"), difficulty(1, 1, 1));
        QCOMPARE(panel.model()->rowCount(), 1);
    }

    void theVerdictIsTheOneOfCore()
    {
        DifficultyPanel panel;
        fill(panel);
        QCOMPARE(panel.verdict(), QString::fromStdString(verdictOn(difficulty(0.742, 0.08, 0.55))));
    }

    void anotherChainMakesTheFiguresStale()
    {
        DifficultyPanel panel;
        panel.setDataset(dataset());
        panel.show();
        const auto notice = [&] {
            for (const QLabel* label : panel.findChildren<QLabel*>())
                if (label->isVisible() && label->text().contains(QLatin1String("measure again")))
                    return true;
            return false;
        };
        panel.setStale(true);
        QVERIFY(!notice()); // nothing is shown that could be
        fill(panel);
        panel.setStale(true);
        QVERIFY(notice());
        panel.setStale(false);
        QVERIFY(!notice());
    }

    void whileMeasuringThereIsCancelAndNoSecondStart()
    {
        DifficultyPanel panel;
        panel.setDataset(dataset());
        panel.show();
        QSignalSpy cancelled(&panel, &DifficultyPanel::cancelRequested);
        panel.begin();
        panel.setProgress(3, 800);
        QVERIFY(!measureButton(panel)->isEnabled());
        auto* job = panel.findChild<JobBar*>();
        QVERIFY(job->isVisible());
        QTest::mouseClick(job->findChild<QToolButton*>(), Qt::LeftButton);
        QCOMPARE(cancelled.size(), 1);
        panel.finish();
        QVERIFY(!job->isVisible());
        QVERIFY(measureButton(panel)->isEnabled());
    }

    void looksRight_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QString>("state");
        for (const bool dark : {false, true})
            for (const char* state : {"figures", "stale", "unmeasured", "empty"})
                QTest::addRow("%s-%s", dark ? "dark" : "light", state) << dark << QString::fromLatin1(state);
    }
    void looksRight()
    {
        QFETCH(const bool, dark);
        QFETCH(const QString, state);
        Theme::instance().apply(dark ? Theme::Mode::Dark : Theme::Mode::Light);
        DifficultyPanel panel;
        panel.resize(520, 620);
        if (state == QLatin1String("unmeasured"))
            panel.setDataset(dataset());
        else if (state != QLatin1String("empty"))
            fill(panel);
        panel.setStale(state == QLatin1String("stale"));
        if (state == QLatin1String("figures")) {
            panel.begin();
            panel.setProgress(300, 1000);
        }
        panel.show();
        const QImage picture = panel.grab().toImage();
        if (const QString folder = qEnvironmentVariable("MELSCOPE_SCREENSHOTS"); !folder.isEmpty())
            picture.save(folder + QStringLiteral("/difficulty-") + QLatin1String(QTest::currentDataTag()) + QStringLiteral(".png"));
        QCOMPARE(qGray(picture.pixel(2, 2)) < 128, dark);
    }
};

QTEST_MAIN(TestDifficultyPanel)
#include "tst_DifficultyPanel.moc"
