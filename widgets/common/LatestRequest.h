// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/Deliver.h"

#include <QString>

#include <exception>
#include <stop_token>
#include <utility>

namespace melscope {

/// What a page wants worked out at the moment. A newer wish takes the place of an older one, as giveUp() and the destructor take it
/// back: its work is asked to stop, and nothing more is heard of it. A member of the receiver, declared after the thread that works;
/// the ticket goes into the job:
///
///     m_runs.betweenRuns([this, ticket = m_request.renew(this)](RunStore& store, ...) {
///         ticket.attempt([&] { ticket.send([this, result = compute(store, ticket.token())] { show(result); }); },
///                        [this](const QString& sentence) { showMessage(sentence); });
///     });
class LatestRequest
{
public:
    /// Of one wish. Any thread.
    class Ticket
    {
    public:
        bool isWanted() const { return !m_stop.stop_requested(); }
        std::stop_token token() const { return m_stop; }

        /// Calls on the GUI thread, unless it is no longer wanted by then.
        template <typename Call>
        void send(Call call) const
        {
            m_deliver([stop = m_stop, call = std::move(call)]() mutable {
                if (!stop.stop_requested())
                    call();
            });
        }

        /// Works where that is still wanted; what it throws goes as a sentence to `fail`, as by send().
        template <typename Work, typename Fail>
        void attempt(Work work, Fail fail) const
        {
            if (!isWanted())
                return;
            try {
                work();
            } catch (const std::exception& error) {
                send([fail = std::move(fail), sentence = QString::fromUtf8(error.what())]() mutable { fail(sentence); });
            }
        }

    private:
        friend class LatestRequest;
        Ticket(QObject* receiver, std::stop_token stop) : m_deliver(receiver), m_stop(std::move(stop)) {}

        Deliver m_deliver;
        std::stop_token m_stop;
    };

    LatestRequest() = default;
    ~LatestRequest() { giveUp(); }
    LatestRequest(const LatestRequest&) = delete;
    LatestRequest& operator=(const LatestRequest&) = delete;

    Ticket renew(QObject* receiver)
    {
        giveUp();
        m_stop = std::stop_source();
        return {receiver, m_stop.get_token()};
    }
    void giveUp() { m_stop.request_stop(); }

private:
    std::stop_source m_stop{std::nostopstate};
};

} // namespace melscope
