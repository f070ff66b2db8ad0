// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QObject>
#include <QPointer>

#include <utility>

namespace melscope {

/// The way back from a worker to a widget. Made on the GUI thread for a receiver that lives there, then copied into the job;
/// the worker hands it a call, which runs later on the GUI thread, or not at all where the receiver is gone by then:
///
///     m_job.request([this, deliver = Deliver(this)](std::stop_token stop) {
///         auto result = std::make_shared<const Result>(compute(stop));
///         deliver([this, result] { show(result); });
///     });
///
/// The call is posted to the application and not to the receiver: only the GUI thread ever asks whether the receiver lives,
/// so nothing can be destroyed between question and answer.
class Deliver
{
public:
    explicit Deliver(QObject* receiver) : m_receiver(receiver) {}

    template <typename Call>
    void operator()(Call call) const
    {
        if (QCoreApplication* application = QCoreApplication::instance())
            QMetaObject::invokeMethod(
                application,
                [receiver = m_receiver, call = std::move(call)]() mutable {
                    if (receiver)
                        call();
                },
                Qt::QueuedConnection);
    }

private:
    QPointer<QObject> m_receiver;
};

} // namespace melscope
