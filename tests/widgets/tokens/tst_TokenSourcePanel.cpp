// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/JobBar.h"
#include "common/ParameterForm.h"
#include "tokens/TokenSourcePanel.h"

#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QToolButton>
#include <QtTest>

using namespace melscope;

class TestTokenSourcePanel : public QObject
{
    Q_OBJECT

private:
    static std::shared_ptr<const Dataset> dataset()
    {
        return std::make_shared<const Dataset>(Dataset{.name = "ESC-10", .classes = {"a"}, .folds = {1, 2, 3}});
    }

    static QComboBox* box(TokenSourcePanel& panel, const char* name)
    {
        for (QComboBox* candidate : panel.findChildren<QComboBox*>())
            if (candidate->accessibleName() == QString::fromLatin1(name))
                return candidate;
        return nullptr;
    }

    static QPushButton* fitButton(TokenSourcePanel& panel) { return panel.findChild<QPushButton*>(QStringLiteral("fit")); }

private Q_SLOTS:
    void aClickAsksForWhatTheFieldsSay()
    {
        TokenSourcePanel panel;
        panel.setDataset(dataset());
        const FrontEnd explore = FrontEnd::preset("esc").with("mels", 64);
        panel.setFrontEnd(explore);
        panel.resize(400, 900);
        panel.show();
        std::vector<TokenSourcePanel::FitWish> wishes;
        connect(&panel, &TokenSourcePanel::fitRequested, this, [&](const TokenSourcePanel::FitWish& wish) { wishes.push_back(wish); });
        panel.findChild<ParameterForm*>()->setValue("codes", 32);
        panel.findChild<QSpinBox*>()->setValue(9);
        QTest::mouseClick(fitButton(panel), Qt::LeftButton);
        QTest::keyClick(box(panel, "Front end"), Qt::Key_End); // the last preset
        QTest::keyClick(box(panel, "Fold left out"), Qt::Key_End);
        QTest::mouseClick(fitButton(panel), Qt::LeftButton);
        QCOMPARE(wishes.size(), size_t{2});
        QCOMPARE(wishes[0].settings.frontEnd, explore);
        QCOMPARE(wishes[0].settings.codes, 32);
        QCOMPARE(wishes[0].settings.seed, uint64_t{9});
        QCOMPARE(wishes[0].heldOut, std::optional(3));
        QCOMPARE(wishes[1].settings.frontEnd, FrontEnd::preset(FrontEnd::presetNames().back()));
        QCOMPARE(wishes[1].heldOut, std::nullopt);
    }

    void withoutADatasetNothingCanBeFitted()
    {
        TokenSourcePanel panel;
        QVERIFY(!fitButton(panel)->isEnabled());
        panel.setDataset(dataset());
        QVERIFY(fitButton(panel)->isEnabled());
        panel.findChild<ParameterForm*>()->setError("codes", QStringLiteral("no"));
        QVERIFY(!fitButton(panel)->isEnabled());
    }

    void whileItWorksThereIsCancelAndNoSecondStart()
    {
        TokenSourcePanel panel;
        panel.setDataset(dataset());
        panel.show();
        QSignalSpy cancelled(&panel, &TokenSourcePanel::cancelRequested);
        panel.showProgress(QStringLiteral("Preparing spectrograms"), 3, 400);
        auto* job = panel.findChild<JobBar*>();
        QVERIFY(job->isVisible());
        panel.showProgress(QStringLiteral("Fitting the codebook"), 1, 25);
        QCOMPARE(job->what(), QStringLiteral("Fitting the codebook"));
        QVERIFY(!fitButton(panel)->isEnabled());
        QTest::mouseClick(job->findChild<QToolButton*>(), Qt::LeftButton);
        QCOMPARE(cancelled.count(), 1);
        panel.finish();
        QVERIFY(!job->isVisible());
        QVERIFY(fitButton(panel)->isEnabled());
    }

    void codebooksOfRunsAreNamedAndAskedFor()
    {
        TokenSourcePanel panel;
        panel.resize(400, 900);
        panel.show();
        const RunCodebook second{.run = "abcdefgh", .runName = "bold-owl-3", .fold = 2, .round = 2, .file = "x.safetensors"};
        panel.setRunCodebooks({{.run = "abcdefgh", .runName = "bold-owl-3", .fold = 2, .round = 1}, second});
        std::vector<RunCodebook> wanted;
        connect(&panel, &TokenSourcePanel::runRequested, this, [&](const RunCodebook& codebook) { wanted.push_back(codebook); });
        QComboBox* runs = box(panel, "Codebooks of runs");
        QTest::keyClick(runs, Qt::Key_End);
        QCOMPARE(runs->currentText(), QStringLiteral("bold-owl-3, fold 2, round 2"));
        for (QPushButton* button : panel.findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Open"))
                QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(wanted, std::vector{second});
        panel.setRunCodebooks({});
        QVERIFY(!runs->isEnabled());
    }

    void theRunsCodebookStaysChosenWhenTheListChanges()
    {
        TokenSourcePanel panel;
        const RunCodebook other{.run = "a", .runName = "calm-otter-4", .fold = 1, .round = 1};
        RunCodebook chosen{.run = "b", .runName = "brave-owl-2", .fold = 1, .round = 2};
        panel.setRunCodebooks({other, chosen});
        QComboBox* runs = box(panel, "Codebooks of runs");
        runs->setCurrentIndex(1);
        chosen.epochs = {2}; // training has kept its weights meanwhile
        panel.setRunCodebooks({{.run = "c", .runName = "new-fox-1", .fold = 1, .round = 1}, other, chosen});
        QCOMPARE(runs->currentText(), QStringLiteral("brave-owl-2, fold 1, round 2"));
        panel.setRunCodebooks({});
        panel.setRunCodebooks({other});
        QCOMPARE(runs->currentText(), QStringLiteral("calm-otter-4, fold 1, round 1"));
    }

    void settingTheListIsNoChoice()
    {
        TokenSourcePanel panel;
        panel.resize(400, 900);
        panel.show();
        QSignalSpy chosen(&panel, &TokenSourcePanel::chosen);
        panel.setCodebooks({{.title = QStringLiteral("one")}, {.title = QStringLiteral("two")}}, 1);
        QCOMPARE(chosen.count(), 0);
        auto* list = panel.findChild<QListWidget*>();
        QCOMPARE(list->currentRow(), 1);
        QTest::keyClick(list, Qt::Key_Up);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().first().toInt(), 0);
    }
};

QTEST_MAIN(TestTokenSourcePanel)
#include "tst_TokenSourcePanel.moc"
