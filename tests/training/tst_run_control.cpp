// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/RunControl.h"

#include <QtTest>

#include <future>

using namespace melscope;
using Wish = RunControl::Wish;

class TestRunControl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void strongerWishesWin()
    {
        RunControl control;
        QCOMPARE(control.wish(), Wish::Continue);
        control.ask(Wish::Interrupt);
        for (const Wish weaker : {Wish::Continue, Wish::Pause, Wish::StopAndKeep}) {
            control.ask(weaker);
            QCOMPARE(control.wish(), Wish::Interrupt);
        }
    }

    void continueEndsAPauseOnly()
    {
        RunControl control;
        control.ask(Wish::Pause);
        control.ask(Wish::Continue);
        QCOMPARE(control.wish(), Wish::Continue);
        control.ask(Wish::StopAndKeep);
        control.ask(Wish::Continue);
        QCOMPARE(control.wish(), Wish::StopAndKeep);
    }

    void everyWishWakesAPause_data()
    {
        QTest::addColumn<int>("wish");
        QTest::newRow("continue") << static_cast<int>(Wish::Continue);
        QTest::newRow("stop") << static_cast<int>(Wish::StopAndKeep);
        QTest::newRow("interrupt") << static_cast<int>(Wish::Interrupt);
    }
    void everyWishWakesAPause()
    {
        QFETCH(int, wish);
        RunControl control;
        control.ask(Wish::Pause);
        auto ended = std::async(std::launch::async, [&] { return control.waitWhilePaused(); });
        QVERIFY(ended.wait_for(std::chrono::milliseconds(50)) == std::future_status::timeout);
        control.ask(static_cast<Wish>(wish));
        QVERIFY(ended.wait_for(std::chrono::seconds(10)) == std::future_status::ready);
        QCOMPARE(ended.get(), static_cast<Wish>(wish));
    }

    void notPausedDoesNotWait()
    {
        RunControl control;
        QCOMPARE(control.waitWhilePaused(), Wish::Continue);
    }
};

QTEST_APPLESS_MAIN(TestRunControl)
#include "tst_run_control.moc"
