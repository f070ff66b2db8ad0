// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/PreviewJob.h"

#include "common/Deliver.h"

#include <utility>

namespace melscope {

PreviewJob::PreviewJob(QObject* parent) : QObject(parent), m_computer(std::make_shared<PreviewComputer>()) {}

PreviewJob::~PreviewJob() = default;

const PreviewRequest& PreviewJob::request(PreviewRequest request)
{
    m_newest = std::move(request);
    m_newest.number = ++m_number;
    m_job.request([this, wanted = m_newest, computer = m_computer, deliver = Deliver(this)](std::stop_token stop) {
        try {
            const std::shared_ptr<const AugmentationPreview> preview = computer->compute(wanted, stop);
            if (preview)
                deliver([this, preview] {
                    if (preview->request.number == m_number)
                        Q_EMIT computed(preview);
                });
        } catch (const std::exception& error) {
            deliver([this, number = wanted.number, sentence = QString::fromUtf8(error.what())] {
                if (number == m_number)
                    Q_EMIT failed(sentence);
            });
        }
    });
    return m_newest;
}

void PreviewJob::forget()
{
    ++m_number;
}

} // namespace melscope
