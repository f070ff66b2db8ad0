// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/TokenMapPane.h"

#include "spectrogram/ClipAnalysis.h"
#include "tokens/CodeCard.h"
#include "tokens/CodeColours.h"
#include "tokens/CurrentCode.h"
#include "tokens/TokenMapView.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace melscope {

TokenMapPane::TokenMapPane(Timeline& timeline, CurrentCode& current, QWidget* parent)
    : QWidget(parent), m_current(current), m_caption(new QLabel(this)), m_view(new TokenMapView(timeline, current, this)),
      m_card(new CodeCard(m_view)), m_analysis(new ClipAnalysis(this))
{
    m_caption->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_caption->hide();
    m_card->setRaised(true);
    m_card->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_caption);
    column->addWidget(m_view, 1);
    connect(m_analysis, &ClipAnalysis::computed, this, &TokenMapPane::showSpectrogram);
    connect(m_analysis, &ClipAnalysis::computeFailed, m_view, &TokenMapView::setMessage);
    connect(m_view, &TokenMapView::tokenHovered, this, &TokenMapPane::moveCard);
    connect(m_view, &TokenMapView::painted, this, &TokenMapPane::painted);
}

TokenMapPane::~TokenMapPane() = default;

void TokenMapPane::setTokens(const std::shared_ptr<const LoadedTokens>& tokens)
{
    const bool sameFrontEnd = tokens && m_tokens && tokens->set->tokenizer.frontEnd == m_tokens->set->tokenizer.frontEnd;
    m_tokens = tokens;
    m_card->setTokens(tokens);
    m_card->hide();
    m_comparison.reset();
    showColours();
    if (sameFrontEnd)
        return showTokens();
    m_view->setTokens(nullptr, -1);
    compute();
}

void TokenMapPane::setClip(const std::string& name, const std::shared_ptr<const Waveform>& waveform)
{
    m_name = name;
    m_waveform = waveform;
    m_view->setTokens(nullptr, -1);
    compute();
}

void TokenMapPane::setMessage(const QString& sentence)
{
    m_view->setMessage(sentence);
}

void TokenMapPane::setCaption(const QString& text)
{
    m_caption->setText(text);
    m_caption->setToolTip(text);
    m_caption->setVisible(!text.isEmpty());
}

void TokenMapPane::setColouring(Colouring colouring)
{
    m_colouring = colouring;
    showColours();
}

void TokenMapPane::setComparison(const std::shared_ptr<const CodebookComparison>& comparison)
{
    if (!comparison)
        return setTokens(nullptr);
    setTokens(comparison->second);
    m_comparison = comparison;
    showColours();
    if (m_view->clip() >= 0)
        showTokens();
}

void TokenMapPane::showTokens()
{
    const int clip = m_tokens->clipNamed(m_name);
    m_view->setTokens(m_tokens, clip);
    if (m_comparison && clip >= 0)
        m_view->setMarked(m_comparison->ofClip(clip).moved);
}

void TokenMapPane::showColours()
{
    if (!m_tokens)
        return;
    if (m_colouring == Colouring::ByUsage && !m_comparison)
        return m_view->setColours(CodeColours::byUsage(m_tokens->statistics->usage));
    std::vector<QRgb> colours;
    for (int code = 0; code < m_tokens->set->codes(); ++code) {
        const int origin = m_comparison ? m_comparison->firstOfSecond[static_cast<size_t>(code)] : code;
        colours.push_back(origin < 0 ? qRgb(128, 128, 128) : CodeColours::ofCode(origin));
    }
    m_view->setColours(std::move(colours));
}

void TokenMapPane::compute()
{
    m_analysis->forget();
    if (!m_waveform || !m_tokens)
        m_view->setSpectrogram(nullptr);
    else
        m_analysis->compute(m_waveform, {.number = ++m_request, .frontEnd = m_tokens->set->tokenizer.frontEnd});
}

void TokenMapPane::showSpectrogram(const std::shared_ptr<const Spectrogram>& spectrogram)
{
    m_view->setMessage({});
    m_view->setScale(spectrogram->autoScale);
    m_view->setSpectrogram(spectrogram);
    showTokens();
}

void TokenMapPane::moveCard(int token)
{
    const int code = token < 0 ? silentToken : m_view->codeOf(token);
    m_card->setVisible(code != silentToken);
    if (code == silentToken)
        return;
    m_card->setCode(code);
    m_card->resize(m_card->sizeHint());
    // Beside the token, on the side that has room.
    const QRectF rect = m_view->rectOf(token);
    const int gap = fontMetrics().averageCharWidth();
    const bool right = rect.right() + gap + m_card->width() <= m_view->width();
    const int x = static_cast<int>(right ? rect.right() + gap : rect.left() - gap - m_card->width());
    const int y = std::clamp(static_cast<int>(rect.top()), 0, std::max(0, m_view->height() - m_card->height()));
    m_card->move(std::max(0, x), y);
}

} // namespace melscope
