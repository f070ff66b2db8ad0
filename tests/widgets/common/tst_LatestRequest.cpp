// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Threads.h"
#include "common/LatestRequest.h"

#include <QTest>

#include <memory>
#include <semaphore>
#include <stdexcept>

using namespace melscope;

class TestLatestRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWantedArrives()
    {
        LatestRequest request;
        QStringList heard;
        JobPool pool(1);
        pool.add([&, ticket = request.renew(this)](std::stop_token) {
            ticket.attempt([&] {
                ticket.send([&] { heard << QStringLiteral("result"); });
                throw std::runtime_error("The disk is full \u2026");
            }, [&](const QString& sentence) { heard << sentence; });
        });
        QTRY_COMPARE(heard, (QStringList{QStringLiteral("result"), QStringLiteral("The disk is full \u2026")}));
    }

    /// The older wish is asked to stop, its results that are on their way are dropped, and work that has not begun does not.
    void aNewerWishTakesItsPlace()
    {
        LatestRequest request;
        QStringList heard;
        bool stopped = false, begun = false;
        std::binary_semaphore working(0), overtaken(0);
        JobPool pool(1);
        pool.add([&, ticket = request.renew(this)](std::stop_token) {
            ticket.attempt([&] {
                ticket.send([&] { heard << QStringLiteral("first"); });
                working.release();
                overtaken.acquire();
                stopped = ticket.token().stop_requested() && !ticket.isWanted();
                ticket.send([&] { heard << QStringLiteral("first again"); });
                throw std::runtime_error("stopped");
            }, [&](const QString& sentence) { heard << sentence; });
        });
        working.acquire();
        pool.add([&, ticket = request.renew(this)](std::stop_token) { ticket.attempt([&] { begun = true; }, [](const QString&) {}); });
        pool.add([&, ticket = request.renew(this)](std::stop_token) {
            ticket.attempt([&] { ticket.send([&] { heard << QStringLiteral("newest"); }); }, [](const QString&) {});
        });
        overtaken.release();
        QTRY_COMPARE(heard, QStringList{QStringLiteral("newest")});
        QVERIFY(stopped);
        QVERIFY(!begun);
    }

    void nothingIsHeardAfterItsEnd()
    {
        auto request = std::make_unique<LatestRequest>();
        bool heard = false, other = false;
        JobPool pool(1);
        pool.add([&, ticket = request->renew(this), deliver = Deliver(this)](std::stop_token) {
            ticket.send([&] { heard = true; });
            deliver([&] { other = true; });
        });
        pool.waitUntilIdle();
        request.reset();
        QTRY_VERIFY(other);
        QVERIFY(!heard);
    }
};

QTEST_GUILESS_MAIN(TestLatestRequest)
#include "tst_LatestRequest.moc"
