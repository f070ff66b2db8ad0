// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/DrawBar.h"

#include "common/ThemedAction.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QRandomGenerator>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>
#include <limits>

namespace melscope {
namespace {

constexpr int seedsToRoll = 100'000; // few enough digits to note one down

QToolButton* buttonFor(QAction* action, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

DrawBar::DrawBar(QWidget* parent)
    : QWidget(parent), m_seed(new QSpinBox(this)), m_epoch(new QSpinBox(this)), m_heldOut(new QComboBox(this)),
      m_pin(themedAction(*this, QStringLiteral("pin"), tr("Keep the &seed"),
                      tr("Pinned: the same draw while you change the chain or the clip. Free: every change is drawn anew"))),
      m_reroll(themedAction(*this, QStringLiteral("dice"), tr("&Re-roll"), tr("Another seed"), Qt::Key_R)),
      m_previous(themedAction(*this, QStringLiteral("previous"), tr("Pre&vious draw"), tr("One epoch back"), Qt::Key_Comma)),
      m_next(themedAction(*this, QStringLiteral("next"), tr("Ne&xt draw"), tr("One epoch on"), Qt::Key_Period))
{
    m_pin->setCheckable(true);
    m_pin->setChecked(true);
    for (QSpinBox* box : {m_seed, m_epoch}) {
        box->setRange(0, std::numeric_limits<int>::max());
        box->setKeyboardTracking(false);
        // As wide as the values one meets; the range alone would ask for ten digits.
        box->setMinimumWidth(fontMetrics().averageCharWidth() * 11);
        box->setMaximumWidth(fontMetrics().averageCharWidth() * 16);
        connect(box, &QSpinBox::valueChanged, this, &DrawBar::drawChanged);
    }
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setToolTip(tr("The run's seed: a run with this seed, held-out fold and front end (as in Explore) draws exactly this."));
    m_epoch->setAccessibleName(tr("Epoch"));
    m_epoch->setToolTip(tr("The epoch, counted from 0: every epoch draws the clip anew."));
    m_heldOut->setAccessibleName(tr("Held-out fold"));
    m_heldOut->setToolTip(tr("Training mixes in clips outside the held-out fold only: choose the fold of the run you mean."));
    connect(m_heldOut, &QComboBox::currentIndexChanged, this, &DrawBar::heldOutChanged);
    connect(m_reroll, &QAction::triggered, this, &DrawBar::reroll);
    connect(m_previous, &QAction::triggered, this, [this] { step(-1); });
    connect(m_next, &QAction::triggered, this, [this] { step(1); });
    setFolds({});

    auto* row = new QHBoxLayout(this);
    const int space = fontMetrics().averageCharWidth();
    row->setContentsMargins(space, 0, space, 0);
    row->setSpacing(space / 2);
    const auto add = [&](const QString& text, QWidget* buddy) {
        auto* label = new QLabel(text, this);
        label->setBuddy(buddy);
        row->addWidget(label);
    };
    add(tr("Seed"), m_seed);
    row->addWidget(m_seed);
    row->addWidget(buttonFor(m_pin, this));
    row->addWidget(buttonFor(m_reroll, this));
    row->addSpacing(space);
    add(tr("Epoch"), m_epoch);
    row->addWidget(buttonFor(m_previous, this));
    row->addWidget(m_epoch);
    row->addWidget(buttonFor(m_next, this));
    row->addStretch(1);
    row->addWidget(m_heldOut);
}

quint64 DrawBar::seed() const
{
    return static_cast<quint64>(m_seed->value());
}

quint64 DrawBar::epoch() const
{
    return static_cast<quint64>(m_epoch->value());
}

std::optional<int> DrawBar::heldOut() const
{
    const QVariant fold = m_heldOut->currentData();
    return fold.isValid() ? std::optional(fold.toInt()) : std::nullopt;
}

bool DrawBar::isPinned() const
{
    return m_pin->isChecked();
}

void DrawBar::setFolds(const std::vector<int>& folds)
{
    const QSignalBlocker blocked(m_heldOut);
    m_heldOut->clear();
    m_heldOut->addItem(tr("No fold held out"));
    for (const int fold : folds)
        m_heldOut->addItem(tr("Fold %1 held out").arg(fold), fold);
    // Every run holds a fold out: without one, mixing and backgrounds would show what no run draws.
    m_heldOut->setCurrentIndex(m_heldOut->count() - 1);
}

void DrawBar::setDraw(quint64 seed, quint64 epoch)
{
    if (seed == this->seed() && epoch == this->epoch())
        return;
    {
        const QSignalBlocker seedBlocked(m_seed);
        const QSignalBlocker epochBlocked(m_epoch);
        m_seed->setValue(static_cast<int>(seed));
        m_epoch->setValue(static_cast<int>(epoch));
    }
    Q_EMIT drawChanged();
}

void DrawBar::reroll()
{
    // One of the others: a roll must be seen.
    const int other = QRandomGenerator::global()->bounded(seedsToRoll - 1);
    setDraw(static_cast<quint64>(other < m_seed->value() ? other : other + 1), epoch());
}

void DrawBar::step(int epochs)
{
    setDraw(seed(), static_cast<quint64>(std::max(0, m_epoch->value() + epochs)));
}

} // namespace melscope
