// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"
#include "tokens/AgreementModel.h"
#include "tokens/AgreementPanel.h"
#include "tokens/CodebookComparison.h"
#include "tokens/CurrentCode.h"
#include "widgets/tokens/SmallTokens.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QSignalSpy>
#include <QTableView>
#include <QtTest>

using namespace melscope;
using namespace melscope::test;

class TestComparison : public QObject
{
    Q_OBJECT

private:
    static std::shared_ptr<const LoadedTokens> changed(const std::function<void(TokenSet&)>& change)
    {
        TokenSet set = *smallTokenSet();
        change(set);
        return loadTokens(std::make_shared<const TokenSet>(std::move(set)));
    }

    /// Other names for the same groups, and token 2 of clip 0 (code 0) goes to the group of code 3.
    static std::shared_ptr<const LoadedTokens> renamed()
    {
        return changed([](TokenSet& set) {
            for (int32_t& token : set.tokens)
                if (token != silentToken)
                    token = 4 - token;
            set.tokens[2] = 1;
        });
    }

private Q_SLOTS:
    void namesDoNotMatterAndWhatMovedIsFound()
    {
        const auto same = compareCodebooks(smallTokens(), changed([](TokenSet& set) {
            for (int32_t& token : set.tokens)
                if (token != silentToken)
                    token = 4 - token;
        }));
        QCOMPARE(same->agreement.adjusted, 1.0);
        QCOMPARE(same->ofClip(1).adjusted, 1.0);
        QCOMPARE(same->ofClip(1).movedShare(), 0.0);

        const auto comparison = compareCodebooks(smallTokens(), renamed());
        QVERIFY(comparison->agreement.adjusted < 1.0);
        const CodebookComparison::OfClip clip = comparison->ofClip(0);
        std::vector<bool> moved(8, false);
        moved[2] = true;
        QCOMPARE(clip.moved, moved);
        QCOMPARE(clip.compared, int64_t{6}); // two tokens are silent
        QCOMPARE(clip.movedShare(), 1.0 / 6.0);
        QCOMPARE(comparison->ofClip(2).adjusted, 1.0);
        QCOMPARE(comparison->firstOfSecond, (std::vector<int>{-1, 3, 2, 1, 0}));
    }

    void tokensOfOtherPlacesAreRefused()
    {
        const auto other = changed([](TokenSet& set) { set.clips[0] = "z.wav"; });
        QVERIFY_THROWS_EXCEPTION(Error, compareCodebooks(smallTokens(), other));
    }

    void theTableBeginsWithWhatMovedMost()
    {
        AgreementModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setComparison(compareCodebooks(smallTokens(), renamed()));
        QCOMPARE(model.rowCount(), 4); // code 4 was never used
        QCOMPARE(model.codeAt(0), 0);
        const auto cell = [&](int column) { return model.index(0, column).data().toString(); };
        const auto places = std::ranges::count(smallTokenSet()->tokens, 0);
        QCOMPARE(cell(AgreementModel::Places), QString::number(places));
        QCOMPARE(cell(AgreementModel::Counterpart), QStringLiteral("4"));
        QCOMPARE(cell(AgreementModel::Moved), QStringLiteral("1"));
    }

    void thePanelOffersTheOthersAndChoosesCodes()
    {
        CurrentCode current;
        AgreementPanel panel(current);
        panel.resize(900, 300);
        panel.show();
        panel.setCodebooks({QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three")}, 1);
        auto* choice = panel.findChild<QComboBox*>();
        QCOMPARE(choice->count(), 3);
        QSignalSpy wanted(&panel, &AgreementPanel::compareRequested);
        QTest::keyClick(choice, Qt::Key_End);
        QCOMPARE(wanted.last().first().toInt(), 2);
        panel.setComparison(compareCodebooks(smallTokens(), renamed(), QStringLiteral("owl, round 1"), QStringLiteral("owl, round 2")));
        panel.setClip(0);
        QVERIFY(panel.verdict().contains(QStringLiteral("First: owl, round 1")));
        QVERIFY(panel.verdict().contains(QStringLiteral("Second: owl, round 2")));
        QVERIFY(panel.verdict().contains(QStringLiteral("16.7 %")));
        auto* table = panel.findChild<QTableView*>();
        QTest::keyClick(table, Qt::Key_Down);
        QCOMPARE(current.chosen(), panel.model().codeAt(table->currentIndex().row()));
    }
};

QTEST_MAIN(TestComparison)
#include "tst_Comparison.moc"
