// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/SvgFigure.h"

#include "base/Error.h"
#include "base/Files.h"
#include "common/PictureFile.h"
#include "common/Theme.h"
#include "common/ThemedIcon.h"

#include <QContextMenuEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>
#include <QSvgRenderer>
#include <QToolButton>

#include <utility>

namespace melscope {
namespace {

FigureStyle themeStyle()
{
    const ThemeColours& theme = Theme::colours();
    const auto name = [](const QColor& colour) { return colour.name().toStdString(); };
    const auto mixed = [](const QColor& a, const QColor& b) {
        return QColor((a.red() + b.red()) / 2, (a.green() + b.green()) / 2, (a.blue() + b.blue()) / 2);
    };
    FigureStyle style{.background = name(theme.plotBackground), .text = name(theme.text), .muted = name(theme.mutedText), .grid = name(theme.grid),
                      .accent = name(theme.accent), .accentLight = name(mixed(theme.accent, theme.plotBackground)), .error = name(theme.error)};
    for (size_t i = 0; i < style.series.size(); ++i)
        style.series[i] = name(theme.series[i]);
    return style;
}

QByteArray bytes(const std::string& text)
{
    return QByteArray::fromStdString(text);
}

} // namespace

SvgFigure::SvgFigure(const QString& title, QWidget* parent) : QWidget(parent), m_title(title), m_save(new QToolButton(this)), m_renderer(std::make_unique<QSvgRenderer>())
{
    setAccessibleName(title);
    m_save->setIcon(themedIcon(QStringLiteral("export")));
    m_save->setAutoRaise(true);
    m_save->setToolTip(tr("Save this figure as a drawing (SVG), a picture (PNG) or PDF."));
    m_save->setAccessibleName(tr("Save the figure"));
    m_save->hide();
    connect(m_save, &QToolButton::clicked, this, &SvgFigure::askAndSave);
    connect(&Theme::instance(), &Theme::changed, this, &SvgFigure::outdate);
}

SvgFigure::~SvgFigure() = default;

void SvgFigure::setMaker(Maker maker)
{
    m_maker = std::move(maker);
    m_save->setVisible(!isEmpty());
    outdate();
}

void SvgFigure::setEmptyText(const QString& text)
{
    m_emptyText = text;
    update();
}

void SvgFigure::outdate()
{
    m_isDrawn = false;
    update();
}

void SvgFigure::drawWhereOutdated()
{
    if (!std::exchange(m_isDrawn, true))
        m_renderer->load(bytes(m_maker(width(), height(), themeStyle())));
}

QString SvgFigure::saveTo(const QString& path) const
{
    if (!m_maker)
        return tr("There is nothing to save yet.");
    const std::string drawing = m_maker(width(), height(), FigureStyle{});
    const QString suffix = QFileInfo(path).suffix().toLower();
    QSvgRenderer renderer(bytes(drawing));
    const QSizeF size = renderer.defaultSize();
    if (suffix == QLatin1String("svg")) {
        try {
            writeFileAtomically(path.toStdString(), drawing);
            return {};
        } catch (const Error& error) {
            return QString::fromUtf8(error.what());
        }
    }
    if (suffix == QLatin1String("png") || suffix == QLatin1String("pdf"))
        return writePicture(path, m_title, size, [&](QPainter& painter) { renderer.render(&painter, QRectF(QPointF(), size)); });
    return tr("%1 has no suffix that is known here: use .png, .svg or .pdf.").arg(path);
}

QSize SvgFigure::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 70, fontMetrics().height() * 20};
}

void SvgFigure::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colours().plotBackground);
    if (!m_maker) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect().adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    drawWhereOutdated();
    // A figure that needs more room than there is keeps its proportions.
    QSizeF size = m_renderer->defaultSize();
    if (size.width() > width() || size.height() > height())
        size.scale(this->size(), Qt::KeepAspectRatio);
    m_renderer->render(&painter, QRectF(QPointF(0, 0), size));
}

void SvgFigure::resizeEvent(QResizeEvent*)
{
    m_save->resize(m_save->sizeHint());
    m_save->move(width() - m_save->width(), 0);
    outdate();
}

void SvgFigure::contextMenuEvent(QContextMenuEvent* event)
{
    if (!m_maker)
        return;
    QMenu menu(this);
    menu.addAction(tr("Save as…"), this, &SvgFigure::askAndSave);
    menu.exec(event->globalPos());
}

void SvgFigure::askAndSave()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the figure"), m_title + QStringLiteral(".svg"),
                                                      tr("Drawing (*.svg);;Picture (*.png);;PDF (*.pdf)"));
    const QString failure = path.isEmpty() ? QString() : saveTo(path);
    if (failure.isEmpty())
        return;
    auto* box = new QMessageBox(QMessageBox::Warning, m_title, failure, QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace melscope
