// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/AugmentationPicker.h"

#include "augment/ChainText.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScreen>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace melscope {
namespace {

constexpr int infoRole = Qt::UserRole; // index in the catalogue

const AugmentationInfo* infoOf(const QTreeWidgetItem* item)
{
    const QVariant index = item ? item->data(0, infoRole) : QVariant();
    return index.isValid() ? &augmentationCatalogue()[index.toUInt()] : nullptr;
}

} // namespace

AugmentationPicker::AugmentationPicker(QWidget* parent)
    : QFrame(parent, Qt::Popup), m_search(new QLineEdit(this)), m_list(new QTreeWidget(this)), m_help(new QLabel(this))
{
    setFrameShape(QFrame::StyledPanel);
    const int unit = fontMetrics().averageCharWidth();
    m_search->setPlaceholderText(tr("Search augmentations"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    m_list->setAccessibleName(tr("Augmentations"));
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setItemsExpandable(false);
    m_list->setIndentation(unit);
    m_list->setMinimumSize(unit * 54, fontMetrics().height() * 18);
    m_help->setWordWrap(true);
    m_help->setForegroundRole(QPalette::PlaceholderText);
    m_help->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_help->setMinimumHeight(fontMetrics().lineSpacing() * 4);
    auto* column = new QVBoxLayout(this);
    for (QWidget* widget : {static_cast<QWidget*>(m_search), static_cast<QWidget*>(m_list), static_cast<QWidget*>(m_help)})
        column->addWidget(widget);
    fill();
    connect(m_search, &QLineEdit::textChanged, this, &AugmentationPicker::filter);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &AugmentationPicker::showHelp);
    connect(m_list, &QTreeWidget::itemClicked, this, &AugmentationPicker::pick);
    connect(m_list, &QTreeWidget::itemActivated, this, &AugmentationPicker::pick);
}

void AugmentationPicker::fill()
{
    for (const AugmentationStage stage : {AugmentationStage::Waveform, AugmentationStage::Spectrogram, AugmentationStage::Mix}) {
        auto* group = new QTreeWidgetItem(m_list, {stageTitle(stage) + QStringLiteral(" · ") + stagePlace(stage)});
        group->setFlags(Qt::ItemIsEnabled);
        group->setToolTip(0, stageNote(stage));
        QFont bold = font();
        bold.setBold(true);
        group->setFont(0, bold);
        for (size_t i = 0; i < augmentationCatalogue().size(); ++i) {
            const AugmentationInfo& info = augmentationCatalogue()[i];
            if (info.stage != stage)
                continue;
            auto* item = new QTreeWidgetItem(group, {QString::fromStdString(info.title)});
            item->setData(0, infoRole, static_cast<uint>(i));
            item->setToolTip(0, QString::fromStdString(info.help));
        }
    }
    m_list->expandAll();
}

void AugmentationPicker::openAt(const QWidget& widget, AugmentationStage stage)
{
    m_search->clear();
    QTreeWidgetItem* group = m_list->topLevelItem(static_cast<int>(stage));
    m_list->setCurrentItem(group->childCount() > 0 ? group->child(0) : m_list->topLevelItem(0)->child(0));
    m_list->scrollToItem(group, QAbstractItemView::PositionAtTop);
    adjustSize();
    const QRect screen = widget.screen()->availableGeometry();
    // Beside the widget, so that what is there already stays in sight.
    const QPoint corner = widget.mapToGlobal(QPoint(widget.width(), 0));
    const QPoint last(screen.right() - width(), screen.bottom() - height());
    move(std::clamp(corner.x(), screen.left(), std::max(screen.left(), last.x())),
         std::clamp(corner.y(), screen.top(), std::max(screen.top(), last.y())));
    show();
    m_search->setFocus(Qt::PopupFocusReason);
}

void AugmentationPicker::filter(const QString& text)
{
    QTreeWidgetItem* first = nullptr;
    QTreeWidgetItem* named = nullptr; // a name says more than a word somewhere in the help
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem* group = m_list->topLevelItem(i);
        bool any = false;
        for (int j = 0; j < group->childCount(); ++j) {
            QTreeWidgetItem* item = group->child(j);
            const bool inName = item->text(0).contains(text, Qt::CaseInsensitive);
            const bool found = inName || item->toolTip(0).contains(text, Qt::CaseInsensitive);
            item->setHidden(!found);
            first = first || !found ? first : item;
            named = named || !inName ? named : item;
            any = any || found;
        }
        group->setHidden(!any);
    }
    m_list->setCurrentItem(named ? named : first);
    showHelp();
}

void AugmentationPicker::showHelp()
{
    const AugmentationInfo* info = infoOf(m_list->currentItem());
    m_help->setText(info ? QString::fromStdString(info->help) : tr("Nothing of that name."));
}

void AugmentationPicker::pick(QTreeWidgetItem* item)
{
    const AugmentationInfo* info = infoOf(item);
    if (info && isVisible()) { // one click may be an activation as well
        hide();
        Q_EMIT picked(*info);
    }
}

bool AugmentationPicker::eventFilter(QObject* watched, QEvent* event)
{
    // The field keeps the focus: what walks through the list goes there.
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown)
            return QCoreApplication::sendEvent(m_list, event);
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            pick(m_list->currentItem());
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace melscope
