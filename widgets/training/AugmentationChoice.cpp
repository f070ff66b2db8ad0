// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/AugmentationChoice.h"

#include "augment/ShippedChains.h"
#include "common/ThemedIcon.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>

namespace melscope {
namespace {

constexpr int own = -1; // data of the choice's first entry; presets have their index
constexpr int sent = -2;

/// "Gain, Cyclic time shift; mixing: Mixup or CutMix in time"
QString stepsText(const AugmentationChain& chain, AugmentationChoice::Purpose purpose)
{
    const auto titles = [&](AugmentationStage stage) {
        QStringList names;
        for (const ChainEntry& entry : chain.entries(stage))
            if (canAct(entry))
                names << QString::fromStdString(entry.info->title);
        return names;
    };
    const QStringList steps = titles(AugmentationStage::Waveform) + titles(AugmentationStage::Spectrogram);
    const QStringList mixing = titles(AugmentationStage::Mix);
    if (purpose == AugmentationChoice::Purpose::Views && steps.isEmpty())
        return AugmentationChoice::tr("Both views are the clip as it is: nothing would be learned.");
    if (steps.isEmpty() && mixing.isEmpty())
        return AugmentationChoice::tr("Every clip is learned as it is.");
    QStringList parts;
    if (!steps.isEmpty())
        parts << steps.join(QStringLiteral(", "));
    if (!mixing.isEmpty())
        parts << AugmentationChoice::tr("mixing: %1").arg(mixing.join(AugmentationChoice::tr(" or ")));
    return parts.join(QStringLiteral("; "));
}

} // namespace

AugmentationChoice::AugmentationChoice(Purpose purpose, QWidget* parent)
    : QWidget(parent), m_purpose(purpose), m_choice(new QComboBox(this)), m_steps(new QLabel(this))
{
    const bool views = purpose == Purpose::Views;
    auto* label = new QLabel(views ? tr("&Views") : tr("Au&gmentation"), this);
    label->setBuddy(m_choice);
    m_choice->setObjectName(views ? QStringLiteral("views") : QStringLiteral("augmentation"));
    m_choice->setAccessibleName(views ? tr("Views") : tr("Augmentation"));
    m_choice->setToolTip(views ? tr("How the two views of a clip are made that the network learns to pair in its pretraining. The Augment page "
                                    "measures how hard that is; where it is easy, shortcuts are learned.")
                               : tr("How clips are changed at random while the network learns. The Augment page shows what each does."));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->addItem(tr("as in the recipe"), own);
    const auto& presets = shippedChains();
    for (size_t i = 0; i < presets.size(); ++i) {
        m_choice->addItem(QString::fromStdString(presets[i].title), static_cast<int>(i));
        m_choice->setItemData(m_choice->count() - 1, QString::fromStdString(presets[i].summary), Qt::ToolTipRole);
    }
    auto* edit = new QToolButton(this);
    edit->setObjectName(views ? QStringLiteral("editViews") : QStringLiteral("editAugmentation"));
    edit->setIcon(themedIcon(QStringLiteral("waveform")));
    edit->setText(tr("Edit…"));
    edit->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    edit->setToolTip(tr("See, hear and change this augmentation on the Augment page"));
    m_steps->setWordWrap(true);
    m_steps->setObjectName(views ? QStringLiteral("viewsSteps") : QStringLiteral("augmentationSteps"));
    m_steps->setForegroundRole(QPalette::PlaceholderText);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setColumnStretch(1, 1);
    grid->addWidget(label, 0, 0);
    grid->addWidget(m_choice, 0, 1);
    grid->addWidget(edit, 0, 2);
    grid->addWidget(m_steps, 1, 0, 1, 3);
    connect(m_choice, &QComboBox::currentIndexChanged, this, [this] {
        showSteps();
        Q_EMIT changed();
    });
    connect(edit, &QToolButton::clicked, this, [this] { Q_EMIT editRequested(chosen()); });
    showSteps();
}

void AugmentationChoice::setOwn(const NamedChain& chain)
{
    m_own = chain;
    showSteps();
}

void AugmentationChoice::setSent(const NamedChain& chain)
{
    m_sent = chain;
    {
        const QSignalBlocker quiet(m_choice);
        int row = m_choice->findData(sent);
        if (row < 0) {
            m_choice->addItem({}, sent);
            row = m_choice->count() - 1;
        }
        m_choice->setItemText(row, tr("%1 (from Augment)").arg(QString::fromStdString(chain.title)));
        m_choice->setCurrentIndex(row);
    }
    showSteps();
    Q_EMIT changed();
}

void AugmentationChoice::chooseOwn()
{
    m_choice->setCurrentIndex(m_choice->findData(own));
}

bool AugmentationChoice::isOwn() const
{
    return m_choice->currentData().toInt() == own;
}

const NamedChain& AugmentationChoice::chosen() const
{
    const int choice = m_choice->currentData().toInt();
    if (choice == own)
        return m_own;
    return choice == sent ? *m_sent : shippedChains()[static_cast<size_t>(choice)];
}

void AugmentationChoice::showSteps()
{
    m_steps->setText(stepsText(chosen().chain, m_purpose));
}

} // namespace melscope
