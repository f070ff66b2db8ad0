// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/TokenPage.h"

#include "common/EmptyState.h"
#include "playback/Player.h"
#include "spectrogram/ClipAnalysis.h"
#include "spectrogram/ClipHeader.h"
#include "spectrogram/ClipTransport.h"
#include "spectrogram/TimeRuler.h"
#include "tokens/CodebookComparison.h"
#include "tokens/CurrentCode.h"
#include "tokens/TokenMapPane.h"
#include "tokens/TokenMapView.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QStackedWidget>
#include <QToolBar>
#include <QVBoxLayout>

namespace melscope {

TokenPage::TokenPage(CurrentCode& current, QWidget* parent) : TokenPage(current, std::make_unique<Player>(), parent) {}

TokenPage::TokenPage(CurrentCode& current, std::unique_ptr<Player> player, QWidget* parent)
    : QWidget(parent), m_player(std::move(player)), m_timeline(new Timeline(this)), m_analysis(new ClipAnalysis(this)), m_actions(*this),
      m_stack(new QStackedWidget(this)), m_header(new ClipHeader(m_actions.previousClip, m_actions.nextClip, this)), m_readOut(new QLabel(this)), m_notes(new QLabel(this)),
      m_current(current), m_comparedCurrent(new CurrentCode(this)), m_map(new TokenMapPane(*m_timeline, current, this)),
      m_compared(new TokenMapPane(*m_timeline, *m_comparedCurrent, this))
{
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(buildBar());
    column->addWidget(m_map, 1);
    column->addWidget(m_compared, 1);
    m_compared->hide();
    auto* ruler = new TimeRuler(*m_timeline, content);
    column->addWidget(ruler);
    const int space = fontMetrics().averageCharWidth();
    for (QLabel* label : {m_readOut, m_notes}) {
        label->setContentsMargins(space, 0, space, 0);
        column->addWidget(label);
    }
    m_readOut->setAccessibleName(tr("Read-out at the pointer"));
    m_notes->setAccessibleName(tr("Notes on this clip"));
    m_notes->setWordWrap(true);
    m_stack->addWidget(buildEmpty());
    m_stack->addWidget(content);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_stack);

    connect(m_analysis, &ClipAnalysis::loaded, this, &TokenPage::showClip);
    connect(m_analysis, &ClipAnalysis::loadFailed, this, &TokenPage::showFailure);
    for (const TokenMapPane* pane : {m_map, m_compared})
        connect(&pane->view(), &TokenMapView::readOutChanged, m_readOut, &QLabel::setText);
    for (TimelinePlot* plot : std::initializer_list<TimelinePlot*>{ruler, &m_map->view(), &m_compared->view()})
        connect(plot, &TimelinePlot::seekRequested, m_player.get(), &Player::seek);
    wirePlayback();
    wireComparison();
    setDataset(nullptr);
}

TokenPage::~TokenPage() = default;

QWidget* TokenPage::buildEmpty()
{
    auto* empty = new EmptyState(QStringLiteral("tokens"), tr("No codebook yet"),
                                 tr("A codebook is a vocabulary of sound: patches of spectrograms that are alike share a code. Fit one on the open "
                                    "dataset, or choose one on the left: of a run, a file, or a BEATs tokenizer."), this);
    connect(empty->addButton(tr("Fit a codebook"), QStringLiteral("tokens")), &QPushButton::clicked, this, &TokenPage::fitRequested);
    connect(empty->addButton(tr("Open a codebook file…"), QStringLiteral("open")), &QPushButton::clicked, this, &TokenPage::openRequested);
    return empty;
}

QToolBar* TokenPage::buildBar()
{
    auto* bar = new QToolBar(tr("Token map"), this);
    const int icon = fontMetrics().height();
    bar->setIconSize({icon, icon});
    bar->addActions({m_actions.play, m_actions.loop});
    bar->addSeparator();
    bar->addActions({m_actions.zoomOut, m_actions.zoomIn, m_actions.fit});
    bar->addSeparator();
    auto* colouring = new QComboBox(this);
    colouring->addItems({tr("Colour by code"), tr("Colour by usage")});
    colouring->setAccessibleName(tr("Colours of the tokens"));
    colouring->setToolTip(tr("By code: every code has a colour of its own, the same everywhere.\nBy usage: from rare (dark) to common (bright), logarithmic."));
    connect(colouring, &QComboBox::currentIndexChanged, this,
            [this](int index) { m_map->setColouring(index == 0 ? TokenMapPane::Colouring::ByCode : TokenMapPane::Colouring::ByUsage); });
    bar->addWidget(colouring);
    auto* opacity = new QSlider(Qt::Horizontal, this);
    opacity->setRange(0, 100);
    opacity->setValue(55);
    opacity->setMaximumWidth(fontMetrics().averageCharWidth() * 14);
    opacity->setAccessibleName(tr("Strength of the colours"));
    opacity->setToolTip(tr("Strength of the codes' colours over the spectrogram"));
    connect(opacity, &QSlider::valueChanged, this, [this](int percent) {
        for (const TokenMapPane* pane : {m_map, m_compared})
            pane->view().setOpacity(percent / 100.0);
    });
    bar->addWidget(opacity);
    return bar;
}

void TokenPage::wirePlayback()
{
    new ClipTransport(*m_player, *m_timeline, {m_actions.play, m_actions.loop, m_actions.fit, m_actions.zoomIn, m_actions.zoomOut}, this);
    connect(m_actions.nextClip, &QAction::triggered, this, [this] { Q_EMIT clipStepRequested(1); });
    connect(m_actions.previousClip, &QAction::triggered, this, [this] { Q_EMIT clipStepRequested(-1); });
    connect(m_player.get(), &Player::noteChanged, this, &TokenPage::showNotes);
}

void TokenPage::wireComparison()
{
    // Whatever is lit in one map lights up its counterpart in the other.
    const auto link = [this](auto act) {
        if (!m_comparison || m_linking)
            return;
        m_linking = true;
        act();
        m_linking = false;
    };
    const auto through = [](const std::vector<int>& counterparts, int code) {
        return code == CurrentCode::none ? CurrentCode::none : counterparts[static_cast<size_t>(code)];
    };
    connect(&m_current, &CurrentCode::litChanged, this, [this, link, through](int code) {
        link([&] { m_comparedCurrent->hover(through(m_comparison->agreement.counterpart, code)); });
    });
    connect(m_comparedCurrent, &CurrentCode::litChanged, this, [this, link, through](int code) {
        link([&] { m_current.hover(through(m_comparison->firstOfSecond, code)); });
    });
    connect(m_comparedCurrent, &CurrentCode::chosenChanged, this, [this, link, through](int code) {
        link([&] { m_current.choose(through(m_comparison->firstOfSecond, code)); });
    });
}

void TokenPage::setComparison(const std::shared_ptr<const CodebookComparison>& comparison)
{
    m_comparison.reset();
    m_comparedCurrent->clear();
    m_comparison = comparison;
    m_map->setCaption(comparison ? tr("First: %1").arg(comparison->firstName) : QString());
    m_compared->setCaption(comparison ? tr("Second: %1").arg(comparison->secondName) : QString());
    m_compared->setComparison(comparison);
    m_compared->setVisible(comparison != nullptr);
    showComparedClip();
}

void TokenPage::showComparedClip()
{
    const bool known = m_comparison && m_shown >= 0;
    m_compared->setClip(known ? m_dataset->clips[static_cast<size_t>(m_shown)].name : std::string(), known ? m_waveform : nullptr);
}

void TokenPage::setTokens(const std::shared_ptr<const LoadedTokens>& tokens)
{
    m_tokens = tokens;
    setComparison(nullptr);
    m_map->setTokens(tokens);
    m_stack->setCurrentIndex(tokens ? 1 : 0);
    showNotes();
    if (m_shown != m_clip)
        load();
}

void TokenPage::setDataset(const std::shared_ptr<const Dataset>& dataset)
{
    m_dataset = dataset;
    m_shown = -1;
    setClip(-1);
}

void TokenPage::setClip(int index)
{
    m_clip = m_dataset && index < static_cast<int>(m_dataset->clips.size()) ? index : -1;
    m_player->pause();
    showClipName();
    for (QAction* action : {m_actions.play, m_actions.fit, m_actions.zoomIn, m_actions.zoomOut})
        action->setEnabled(m_clip >= 0);
    if (m_clip >= 0 && m_clip == m_shown)
        return applySeek();
    load();
}

void TokenPage::seekTo(const TimeSpan& moment)
{
    m_seek = moment;
    if (m_clip >= 0 && m_clip == m_shown)
        applySeek();
}

void TokenPage::applySeek()
{
    if (!m_seek)
        return;
    const TimeSpan& visible = m_timeline->window().visible;
    if (!visible.contains(m_seek->start) || m_seek->end > visible.end)
        m_timeline->show({m_seek->start - visible.length() / 2.0, m_seek->start + visible.length() / 2.0});
    m_player->seek(m_seek->start);
    m_timeline->setPlayhead(m_seek->start);
    m_seek.reset();
}

void TokenPage::load()
{
    m_shown = -1;
    m_stale = !isVisible() || !m_tokens;
    if (m_clip < 0) {
        m_analysis->forget();
        m_player->setWaveform(nullptr);
        m_map->setClip({}, nullptr);
        showComparedClip();
        m_map->setMessage(tr("Choose a clip on the Explore page, or press N."));
        return showNotes();
    }
    if (!m_stale)
        m_analysis->load(m_dataset->clips[static_cast<size_t>(m_clip)].path);
}

void TokenPage::showClip(const LoadedClip& clip)
{
    m_shown = m_clip;
    m_waveform = clip.waveform;
    m_player->setWaveform(clip.waveform);
    m_timeline->reset(clip.waveform->seconds());
    m_map->setMessage({});
    m_map->setClip(m_dataset->clips[static_cast<size_t>(m_clip)].name, clip.waveform);
    showComparedClip();
    showNotes();
    applySeek();
    Q_EMIT clipShown(m_dataset->clips[static_cast<size_t>(m_clip)].name);
}

void TokenPage::showFailure(const QString& sentence)
{
    m_player->setWaveform(nullptr);
    m_map->setClip({}, nullptr);
    showComparedClip();
    m_map->setMessage(sentence);
    showNotes();
}

void TokenPage::showClipName()
{
    if (m_clip < 0)
        return m_header->clear();
    const Clip& clip = m_dataset->clips[static_cast<size_t>(m_clip)];
    m_header->setClip(m_dataset->classes[static_cast<size_t>(clip.label)], clip.name, clip.fold);
}

void TokenPage::showNotes()
{
    QStringList notes;
    if (m_tokens && m_clip >= 0) {
        const Clip& clip = m_dataset->clips[static_cast<size_t>(m_clip)];
        const TokenSet& set = *m_tokens->set;
        if (m_tokens->clipNamed(clip.name) < 0)
            notes.append(tr("This codebook has no tokens of this clip: it was made with %1.").arg(QString::fromStdString(set.dataset)));
        else if (set.heldOut == clip.fold)
            notes.append(tr("This clip is in the fold that the codebook never saw."));
    }
    if (!m_player->note().isEmpty())
        notes.append(m_player->note());
    m_notes->setText(notes.join(QLatin1Char(' ')));
    m_notes->setVisible(!notes.isEmpty());
}

void TokenPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale)
        load();
}

void TokenPage::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_player->pause();
}

} // namespace melscope
