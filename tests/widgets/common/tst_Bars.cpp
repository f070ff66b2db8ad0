// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/EmptyState.h"
#include "common/JobBar.h"
#include "common/ProblemBar.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <cmath>

using namespace melscope;

class TestBars : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void problemBarShowsAndGoes()
    {
        QWidget page;
        ProblemBar bar(&page);
        page.show();
        QVERIFY(!bar.isVisible());
        bar.showMessage(ProblemBar::Severity::Error, QStringLiteral("a.wav is not there."), QStringLiteral("Find it"));
        QVERIFY(bar.isVisible());
        QCOMPARE(bar.sentence(), QStringLiteral("a.wav is not there."));
        QSignalSpy action(&bar, &ProblemBar::actionTriggered), dismissed(&bar, &ProblemBar::dismissed);
        bar.findChild<QPushButton*>()->click();
        QCOMPARE(action.count(), 1);
        bar.showMessage(ProblemBar::Severity::Info, QStringLiteral("Found."));
        QVERIFY(!bar.findChild<QPushButton*>()->isVisible());
        bar.findChild<QToolButton*>()->click();
        QCOMPARE(dismissed.count(), 1);
        QVERIFY(!bar.isVisible());
        QVERIFY(bar.sentence().isEmpty());
    }

    void severitiesLookDifferent()
    {
        ProblemBar bar;
        bar.resize(300, 40);
        QSet<QRgb> edges;
        for (const auto severity : {ProblemBar::Severity::Good, ProblemBar::Severity::Info, ProblemBar::Severity::Warning, ProblemBar::Severity::Error}) {
            bar.showMessage(severity, QStringLiteral("x"));
            edges << bar.grab().toImage().pixel(0, 20);
        }
        QCOMPARE(edges.size(), 4);
    }

    void jobBarCountsAndAsksToCancel()
    {
        QWidget page;
        JobBar bar(&page);
        page.show();
        bar.setProgress(3, 4);
        QVERIFY(!bar.isVisible());
        bar.start(QStringLiteral("Reading"));
        auto* progress = bar.findChild<QProgressBar*>();
        QCOMPARE(progress->maximum(), 0);
        bar.setProgress(30, 400);
        QCOMPARE(progress->maximum(), 400);
        QCOMPARE(progress->value(), 30);
        QSignalSpy cancel(&bar, &JobBar::cancelRequested);
        bar.findChild<QToolButton*>()->click();
        bar.findChild<QToolButton*>()->click();
        QCOMPARE(cancel.count(), 1);
        QVERIFY(bar.isVisible());
        bar.finish();
        QVERIFY(!bar.isVisible());
    }

    void remainingTimeInWords()
    {
        QCOMPARE(remainingText(0.2), QStringLiteral("under a second"));
        QCOMPARE(remainingText(41.7), QStringLiteral("about 42 s"));
        QCOMPARE(remainingText(180), QStringLiteral("about 3 min"));
        QCOMPARE(remainingText(7800), QStringLiteral("about 2 h 10 min"));
        QCOMPARE(remainingText(std::nan("")), QString());
    }

    void emptyStateOffersWhatToDo()
    {
        EmptyState state(QStringLiteral("folder"), QStringLiteral("Nothing here"), QStringLiteral("Open a folder."));
        QSignalSpy clicked(state.addButton(QStringLiteral("Open"), QStringLiteral("open")), &QPushButton::clicked);
        state.addButton(QStringLiteral("Demo"), QStringLiteral("demo"));
        state.resize(500, 400);
        state.show();
        const auto buttons = state.findChildren<QPushButton*>();
        QCOMPARE(buttons.size(), 2);
        QVERIFY(buttons.first()->isDefault() && !buttons.last()->isDefault());
        buttons.first()->click();
        QCOMPARE(clicked.count(), 1);
        state.setSentence(QStringLiteral("Drop one."));
        bool shown = false;
        for (const QLabel* label : state.findChildren<QLabel*>())
            shown |= label->text() == QStringLiteral("Drop one.");
        QVERIFY(shown);
    }
};

QTEST_MAIN(TestBars)
#include "tst_Bars.moc"
