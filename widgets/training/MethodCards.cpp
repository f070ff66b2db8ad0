// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/MethodCards.h"

#include "common/Theme.h"
#include "training/Method.h"

#include <QAbstractButton>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

namespace melscope {
namespace {

QString percent(double share)
{
    return QLocale().toString(share * 100.0, 'f', share * 1000.0 == qRound(share * 1000.0) ? 1 : 2) + QStringLiteral(" %");
}

QString figure(const Method& method)
{
    if (method.publishedTtaAccuracy > 0.0)
        return MethodCards::tr("%1 (TTA %2)").arg(percent(method.publishedAccuracy), percent(method.publishedTtaAccuracy));
    return percent(method.publishedAccuracy);
}

class MethodCard : public QAbstractButton
{
public:
    explicit MethodCard(const Method& method, QWidget* parent) : QAbstractButton(parent), m_method(method)
    {
        setCheckable(true);
        setAutoExclusive(true);
        setEnabled(method.available);
        setFocusPolicy(Qt::StrongFocus);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
        setText(QString::fromStdString(method.title));
        m_second = method.available ? QString::fromStdString(method.approach)
                                    : MethodCards::tr("Not in this version yet. %1").arg(QString::fromStdString(method.approach));
        setAccessibleName(text());
        setAccessibleDescription(m_second);
        setToolTip(MethodCards::tr("%1. Published accuracy: %2 on 400 test clips of ESC-50 (one fold, no seeds named).")
                       .arg(m_second, figure(method)));
    }

    void setCost(const QString& text)
    {
        m_cost = text;
        update();
    }

    QSize sizeHint() const override
    {
        const int line = fontMetrics().height();
        return {line * 18, m_method.available ? line * 3 : line * 2}; // what cannot be chosen leaves its room to the form
    }
    QSize minimumSizeHint() const override { return {fontMetrics().height() * 12, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QPalette::ColorGroup group = isEnabled() ? QPalette::Active : QPalette::Disabled;
        const QColor accent = Theme::colours().accent;
        QColor ground = palette().color(QPalette::Base);
        if (isChecked()) {
            ground = accent;
            ground.setAlphaF(0.16f);
        }
        const bool marked = isChecked() || hasFocus() || (underMouse() && isEnabled());
        painter.setPen(QPen(marked ? accent : palette().color(QPalette::Mid), hasFocus() ? 2 : 1));
        painter.setBrush(ground);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 5, 5);

        const int line = fontMetrics().height(), margin = line / 2;
        const QRect inside = rect().adjusted(margin, margin, -margin, -margin);
        const QString number = m_method.available ? figure(m_method) : MethodCards::tr("not in this version yet · %1").arg(figure(m_method));
        QFont bold = font();
        bold.setBold(true);
        painter.setPen(palette().color(group, QPalette::Text));
        painter.drawText(inside, Qt::AlignTop | Qt::AlignRight, number);
        painter.setFont(bold);
        painter.drawText(inside.adjusted(0, 0, -fontMetrics().horizontalAdvance(number) - margin, 0), Qt::AlignTop | Qt::AlignLeft, text());
        if (!m_method.available)
            return;
        painter.setFont(font());
        QColor muted = palette().color(group, QPalette::Text);
        muted.setAlphaF(0.75f);
        painter.setPen(muted);
        const QString second = m_cost.isEmpty() ? m_second : m_cost;
        painter.drawText(inside, Qt::AlignBottom | Qt::AlignLeft, fontMetrics().elidedText(second, Qt::ElideRight, inside.width()));
    }

private:
    Method m_method;
    QString m_second;
    QString m_cost; ///< in place of the approach, which the tooltip keeps
};

} // namespace

MethodCards::MethodCards(QWidget* parent) : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    for (const Method& method : methods()) {
        auto* card = new MethodCard(method, this);
        layout->addWidget(card);
        m_cards.push_back(card);
        connect(card, &QAbstractButton::toggled, this, [this, id = method.id](bool on) {
            if (on)
                Q_EMIT methodChanged(id);
        });
    }
    for (QAbstractButton* card : m_cards)
        if (card->isEnabled()) {
            card->setChecked(true);
            break;
        }
}

void MethodCards::setCost(const std::string& id, const QString& text)
{
    for (size_t i = 0; i < m_cards.size(); ++i)
        if (methods()[i].id == id)
            static_cast<MethodCard*>(m_cards[i])->setCost(text);
}

std::string MethodCards::method() const
{
    for (size_t i = 0; i < m_cards.size(); ++i)
        if (m_cards[i]->isChecked())
            return methods()[i].id;
    return {};
}

void MethodCards::setMethod(const std::string& id)
{
    for (size_t i = 0; i < m_cards.size(); ++i)
        if (methods()[i].id == id && m_cards[i]->isEnabled())
            m_cards[i]->setChecked(true);
}

} // namespace melscope
