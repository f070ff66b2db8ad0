// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/MicroscopePanel.h"

#include "common/Figures.h"
#include "tokens/GuessList.h"
#include "tokens/MaskedClipView.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace melscope {

MicroscopePanel::MicroscopePanel(QWidget* parent)
    : QWidget(parent), m_round(new QComboBox), m_clip(new QComboBox), m_batch(new QSpinBox), m_start(new QPushButton(tr("&Look"))),
      m_blank(new QCheckBox(tr("&Blank"))), m_verdict(new QLabel), m_view(new MaskedClipView), m_guesses(new GuessList)
{
    auto* column = new QVBoxLayout(this);
    column->addWidget(buildControls());
    column->addWidget(m_verdict);
    auto* row = new QHBoxLayout;
    row->addWidget(m_view, 3);
    row->addWidget(m_guesses, 2);
    column->addLayout(row, 1);
    connect(m_start, &QPushButton::clicked, this, &MicroscopePanel::request);
    connect(m_batch, &QSpinBox::valueChanged, this, [this] {
        if (m_look && m_start->isEnabled())
            request(); // stepping through the batches of a run that is being looked at
    });
    connect(m_clip, &QComboBox::currentIndexChanged, this, &MicroscopePanel::showClip);
    connect(m_blank, &QCheckBox::toggled, m_view, &MaskedClipView::setBlank);
    connect(m_view, &MaskedClipView::tokenChanged, this,
            [this](int token) { m_guesses->setToken(m_look, std::max(0, m_clip->currentIndex()), token); });
    setRounds({});
}

QWidget* MicroscopePanel::buildControls()
{
    m_round->setAccessibleName(tr("Round of a run"));
    m_round->setToolTip(tr("A fold and round of a masked-prediction run; its newest checkpoint is looked at."));
    m_clip->setAccessibleName(tr("Clip of the batch"));
    for (QComboBox* box : {m_round, m_clip}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(10);
    }
    m_batch->setRange(0, 99'999);
    m_batch->setKeyboardTracking(false);
    m_batch->setAccessibleName(tr("Batch"));
    m_batch->setToolTip(tr("0 is the batch that training would take next after that checkpoint."));
    m_blank->setToolTip(tr("Draws what was hidden as the model had it: blank"));
    m_verdict->setWordWrap(true);
    m_verdict->setAccessibleName(tr("Loss of the batch"));
    auto* controls = new QWidget;
    auto* row = new QHBoxLayout(controls);
    row->setContentsMargins({});
    row->addWidget(m_round, 1);
    row->addWidget(new QLabel(tr("Batch")));
    row->addWidget(m_batch);
    row->addWidget(m_start);
    row->addWidget(m_clip, 1);
    row->addWidget(m_blank);
    return controls;
}

void MicroscopePanel::setRounds(const std::vector<RunCodebook>& rounds)
{
    if (rounds == m_rounds && m_round->count() > 0)
        return;
    m_rounds = rounds;
    m_round->clear();
    for (const RunCodebook& round : rounds)
        m_round->addItem(tr("%1, fold %2, round %3").arg(QString::fromStdString(round.runName)).arg(round.fold).arg(round.round));
    m_start->setEnabled(!rounds.empty());
    if (!m_look)
        m_verdict->setText(rounds.empty() ? tr("Train CNN-BEATs or Transformer-BEATs: then this shows what the model sees, what it is asked for and what it guesses.")
                                          : tr("Look at a batch as the training has it: what is hidden, what is asked for, what the model guesses."));
}

void MicroscopePanel::request()
{
    Q_EMIT lookRequested(m_rounds[static_cast<size_t>(m_round->currentIndex())], m_batch->value());
}

void MicroscopePanel::begin(const QString& doing)
{
    m_start->setEnabled(false);
    m_verdict->setText(doing);
}

void MicroscopePanel::showLook(const std::shared_ptr<const MicroscopeLook>& look)
{
    m_start->setEnabled(true);
    m_look = look;
    const MaskedBatch& batch = look->batch;
    m_verdict->setText(tr("Loss %1 nats, as training has it for this batch: the mean over %L2 tokens that were hidden and are not silent. %3 of the first guesses are right.")
                           .arg(QLocale().toString(batch.loss, 'f', 4))
                           .arg(batch.asked)
                           .arg(percentText(batch.accuracy)));
    {
        const QSignalBlocker blocker(m_clip);
        m_clip->clear();
        for (const MaskedPrediction& clip : batch.clips) {
            const auto index = static_cast<size_t>(clip.clip);
            const TokenSet& set = *look->tokens;
            m_clip->addItem(tr("%1, %2").arg(QString::fromStdString(set.classes[static_cast<size_t>(set.labels[index])]), QString::fromStdString(set.clips[index])));
        }
    }
    showClip(0);
}

void MicroscopePanel::showMessage(const QString& sentence)
{
    m_start->setEnabled(!m_rounds.empty());
    m_verdict->setText(sentence);
}

void MicroscopePanel::showClip(int clip)
{
    if (m_look && clip >= 0)
        m_view->setLook(m_look, clip);
}

QString MicroscopePanel::verdict() const
{
    return m_verdict->text();
}

} // namespace melscope
