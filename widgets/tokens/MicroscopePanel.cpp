// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/MicroscopePanel.h"

#include "common/Figures.h"
#include "tokens/CodeText.h"
#include "tokens/GuessList.h"
#include "tokens/MaskLegend.h"
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

#include <algorithm>
#include <iterator>

namespace melscope {

MicroscopePanel::MicroscopePanel(QWidget* parent)
    : QWidget(parent), m_round(new QComboBox), m_epoch(new QComboBox), m_clip(new QComboBox), m_batch(new QSpinBox), m_start(new QPushButton(tr("&Look"))),
      m_blank(new QCheckBox(tr("&Blank"))), m_verdict(new QLabel), m_view(new MaskedClipView), m_guesses(new GuessList)
{
    auto* column = new QVBoxLayout(this);
    column->addWidget(buildControls());
    column->addWidget(m_verdict);
    auto* row = new QHBoxLayout;
    row->addWidget(m_view, 3);
    row->addWidget(m_guesses, 2);
    column->addLayout(row, 1);
    connect(m_start, &QPushButton::clicked, this, [this] { request({.epoch = epoch(), .batch = m_batch->value()}); });
    connect(m_batch, &QSpinBox::valueChanged, this, [this] {
        if (isFollowed())
            request({.epoch = epoch(), .batch = m_batch->value()}); // stepping through the batches of a run that is being looked at
    });
    connect(m_round, &QComboBox::currentIndexChanged, this, &MicroscopePanel::showEpochs);
    connect(m_epoch, &QComboBox::currentIndexChanged, this, [this] {
        if (!isFollowed())
            return;
        if (m_look && isSameRound(m_look->round, *m_asked))
            request({.epoch = epoch(), .step = m_look->batch.step}); // through the epochs, with the same batch before the eyes
        else
            request({.epoch = epoch(), .batch = m_batch->value()}); // which is not there yet
    });
    connect(m_clip, &QComboBox::currentIndexChanged, this, &MicroscopePanel::showClip);
    connect(m_blank, &QCheckBox::toggled, m_view, &MaskedClipView::setBlank);
    connect(m_view, &MaskedClipView::tokenChanged, this,
            [this](int token) { m_guesses->setToken(m_look, std::max(0, m_clip->currentIndex()), token); });
    setRounds({});
}

void MicroscopePanel::chooseRound(const RunCodebook& round)
{
    const auto found = std::ranges::find_if(m_rounds, [&](const RunCodebook& other) { return isSameRound(other, round); });
    if (found != m_rounds.end())
        m_round->setCurrentIndex(static_cast<int>(found - m_rounds.begin()));
}

QWidget* MicroscopePanel::buildControls()
{
    m_round->setAccessibleName(tr("Round of a run"));
    m_round->setToolTip(tr("A fold and round of a masked-prediction run"));
    m_epoch->setAccessibleName(tr("Epoch whose weights guess"));
    m_clip->setAccessibleName(tr("Clip of the batch"));
    for (QComboBox* box : {m_round, m_clip}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(7);
    }
    m_batch->setRange(0, 99'999);
    m_batch->setKeyboardTracking(false);
    m_batch->setAccessibleName(tr("Batch"));
    m_batch->setToolTip(tr("0 is the batch that training takes next after that epoch, so that the loss is training's own; after the last epoch there is none."));
    m_blank->setToolTip(tr("Draws what was hidden as the model had it: blank"));
    m_verdict->setWordWrap(true);
    m_verdict->setAccessibleName(tr("Loss of the batch"));
    auto* controls = new QWidget;
    auto* rows = new QVBoxLayout(controls);
    rows->setContentsMargins({});
    auto* batch = new QHBoxLayout;
    batch->addWidget(m_round, 1);
    batch->addWidget(m_epoch);
    batch->addWidget(new QLabel(tr("Batch")));
    batch->addWidget(m_batch);
    batch->addWidget(m_start);
    auto* clip = new QHBoxLayout;
    clip->addWidget(m_clip, 1);
    clip->addWidget(m_blank);
    clip->addWidget(new MaskLegend);
    rows->addLayout(batch);
    rows->addLayout(clip);
    return controls;
}

void MicroscopePanel::setRounds(const std::vector<RunCodebook>& rounds)
{
    if (rounds == m_rounds && m_round->count() > 0)
        return;
    const int index = m_round->currentIndex();
    const RunCodebook before = index >= 0 ? m_rounds[static_cast<size_t>(index)] : RunCodebook{};
    const int epochBefore = epoch();
    m_rounds = rounds;
    const auto same = std::ranges::find_if(rounds, [&](const RunCodebook& round) { return isSameRound(round, before); });
    {
        const QSignalBlocker blocker(m_round);
        m_round->clear();
        for (const RunCodebook& round : rounds)
            m_round->addItem(roundText(round));
        if (same != rounds.end())
            m_round->setCurrentIndex(static_cast<int>(same - rounds.begin()));
    }
    m_start->setEnabled(!rounds.empty());
    showEpochs();
    if (same != rounds.end()) {
        const QSignalBlocker blocker(m_epoch);
        m_epoch->setCurrentIndex(std::max(0, m_epoch->findData(epochBefore)));
    }
    if (!m_look && !m_asked)
        m_verdict->setText(rounds.empty() ? tr("Train CNN-BEATs or Transformer-BEATs: then this shows what the model sees, what it is asked for and what it guesses.")
                                          : tr("Look at a batch as the training has it: what is hidden, what is asked for, what the model guesses."));
}

void MicroscopePanel::showEpochs()
{
    const QSignalBlocker blocker(m_epoch);
    m_epoch->clear();
    m_epoch->addItem(tr("Newest epoch"), 0);
    const int round = m_round->currentIndex();
    if (round >= 0)
        for (const int kept : m_rounds[static_cast<size_t>(round)].epochs)
            m_epoch->addItem(tr("Epoch %1").arg(kept), kept);
    m_epoch->setEnabled(m_epoch->count() > 1);
    m_epoch->setToolTip(m_epoch->isEnabled() ? tr("Whose weights guess. Another epoch is shown the same batch; Look takes the one that training took next.")
                                             : tr("This round kept its newest weights alone. The recipe's \"Keep weights every\" keeps more to step through."));
}

int MicroscopePanel::epoch() const
{
    return m_epoch->currentData().toInt();
}

/// The round that is chosen is the one that was asked for last: steps from here on are taken at once.
bool MicroscopePanel::isFollowed() const
{
    const int index = m_round->currentIndex();
    return m_asked && index >= 0 && isSameRound(*m_asked, m_rounds[static_cast<size_t>(index)]);
}

void MicroscopePanel::request(const MaskedSpot& spot)
{
    m_asked = m_rounds[static_cast<size_t>(m_round->currentIndex())];
    Q_EMIT lookRequested(*m_asked, spot);
}

void MicroscopePanel::begin(const QString& doing)
{
    m_verdict->setText(doing);
}

void MicroscopePanel::showLook(const std::shared_ptr<const MicroscopeLook>& look)
{
    std::vector<int> clipsBefore;
    if (m_look)
        std::ranges::transform(m_look->batch.clips, std::back_inserter(clipsBefore), &MaskedPrediction::clip);
    m_look = look;
    m_asked = look->round;
    const MaskedBatch& batch = look->batch;
    m_verdict->setText(sentence());
    const int before = m_clip->currentIndex();
    const bool sameBatch = !clipsBefore.empty() && std::ranges::equal(clipsBefore, batch.clips, {}, {}, &MaskedPrediction::clip);
    {
        const QSignalBlocker blocker(m_clip);
        m_clip->clear();
        for (const MaskedPrediction& clip : batch.clips) {
            const auto index = static_cast<size_t>(clip.clip);
            const TokenSet& set = *look->tokens;
            m_clip->addItem(tr("%1, %2").arg(QString::fromStdString(set.classes[static_cast<size_t>(set.labels[index])]), QString::fromStdString(set.clips[index])));
        }
        if (sameBatch)
            m_clip->setCurrentIndex(before);
    }
    showClip(m_clip->currentIndex());
}

QString MicroscopePanel::sentence() const
{
    const MaskedBatch& batch = m_look->batch;
    const QString loss = QLocale().toString(batch.loss, 'f', 4);
    const QString first = batch.isNext ? tr("After epoch %1: loss %2 nats, as training has it for this batch").arg(batch.epoch).arg(loss)
                                       : tr("After epoch %1: loss %2 nats on batch %L3 in the order of training").arg(batch.epoch).arg(loss).arg(batch.step + 1);
    return tr("%1: the mean over %L2 tokens that were hidden and are not silent. %3 of the first guesses are right.")
        .arg(first).arg(batch.asked).arg(percentText(batch.accuracy));
}

void MicroscopePanel::showMessage(const QString& sentence)
{
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
