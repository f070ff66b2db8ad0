// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Threads.h"
#include "common/Deliver.h"

#include <QTest>
#include <QThread>

#include <memory>

using namespace melscope;

class TestDeliver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callsRunOnTheGuiThread()
    {
        QObject receiver;
        QThread* ranOn = nullptr;
        JobPool pool(1);
        pool.add([&, deliver = Deliver(&receiver)](std::stop_token) { deliver([&] { ranOn = QThread::currentThread(); }); });
        pool.waitUntilIdle();
        QCOMPARE(ranOn, nullptr);
        QTRY_COMPARE(ranOn, QThread::currentThread());
    }

    void orderIsKept()
    {
        QObject receiver;
        QList<int> seen, expected;
        JobPool pool(1);
        pool.add([&, deliver = Deliver(&receiver)](std::stop_token) {
            for (int i = 0; i < 100; ++i)
                deliver([&seen, i] { seen << i; });
        });
        for (int i = 0; i < 100; ++i)
            expected << i;
        QTRY_COMPARE(seen, expected);
    }

    void nothingRunsForADestroyedReceiver()
    {
        QObject survivor;
        auto receiver = std::make_unique<QObject>();
        bool ran = false, survivorRan = false;
        JobPool pool(1);
        pool.add([&, lost = Deliver(receiver.get()), kept = Deliver(&survivor)](std::stop_token) {
            lost([&] { ran = true; });
            kept([&] { survivorRan = true; });
        });
        pool.waitUntilIdle();
        receiver.reset();
        QTRY_VERIFY(survivorRan);
        QVERIFY(!ran);
    }

};

QTEST_GUILESS_MAIN(TestDeliver)
#include "tst_Deliver.moc"
