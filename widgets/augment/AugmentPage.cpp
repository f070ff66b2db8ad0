// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/AugmentPage.h"

#include "augment/ComparisonPlayer.h"
#include "augment/DrawBar.h"
#include "augment/FrontEndChoice.h"
#include "augment/MixingBar.h"
#include "augment/PreviewJob.h"
#include "common/EmptyState.h"
#include "common/ThemedIcon.h"
#include "playback/Player.h"
#include "spectrogram/ClipHeader.h"
#include "spectrogram/ClipTransport.h"
#include "spectrogram/Timeline.h"

#include <QAction>
#include <QBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSlider>
#include <QStackedWidget>
#include <QToolBar>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace melscope {

AugmentPage::AugmentPage(QWidget* parent) : AugmentPage(std::make_unique<Player>(), parent) {}

AugmentPage::AugmentPage(std::unique_ptr<Player> player, QWidget* parent)
    : QWidget(parent), m_comparison(std::make_unique<ComparisonPlayer>(std::move(player))), m_timeline(new Timeline(this)),
      m_job(new PreviewJob(this)), m_actions(*this), m_stack(new QStackedWidget(this)), m_empty(buildEmpty()),
      m_header(new ClipHeader(m_actions.previousClip, m_actions.nextClip, this)), m_draws(new DrawBar(this)), m_panes(new PreviewPanes(*m_timeline, this)),
      m_frontEnds(new FrontEndChoice(this)), m_mixing(new MixingBar(this)), m_readOut(new QLabel(this)), m_notes(new QLabel(this))
{
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(buildBar());
    column->addWidget(m_draws);
    column->addWidget(m_panes, 1);
    column->addWidget(m_mixing);
    column->addWidget(buildStatus());
    m_stack->addWidget(content);
    m_stack->addWidget(m_empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);

    connect(m_job, &PreviewJob::computed, this, &AugmentPage::showPreview);
    connect(m_job, &PreviewJob::failed, this, &AugmentPage::showFailure);
    connect(m_panes, &PreviewPanes::painted, this, [this](quint64 request) {
        if (m_preview && request == m_preview->request.number && m_sinceRequest.isValid())
            Q_EMIT previewPainted(static_cast<double>(m_sinceRequest.nsecsElapsed()) * 1e-6);
    });
    connect(m_panes, &PreviewPanes::readOutChanged, m_readOut, &QLabel::setText);
    connect(m_frontEnds, &FrontEndChoice::frontEndChanged, this, [this] {
        m_clips.reset();
        requestPreview();
        updateNotes();
        Q_EMIT frontEndChanged(frontEnd());
    });
    connect(m_frontEnds, &FrontEndChoice::recipeChanged, this, &AugmentPage::updateNotes);
    connect(m_draws, &DrawBar::drawChanged, this, &AugmentPage::requestPreview);
    connect(m_draws, &DrawBar::heldOutChanged, this, [this] {
        m_clips.reset();
        requestPreview();
        updateNotes();
    });
    wireActions();
    wirePlayback();
    setDataset(nullptr);
}

AugmentPage::~AugmentPage() = default;

QWidget* AugmentPage::buildEmpty()
{
    auto* empty = new EmptyState(QStringLiteral("augment"), tr("No clip is open"),
                                 tr("Open a dataset and choose a clip: here you see and hear what augmentations make of it, exactly as training "
                                    "gets it."), this);
    connect(empty->addButton(tr("Choose a clip in Explore"), QStringLiteral("explore")), &QPushButton::clicked, this, &AugmentPage::exploreRequested);
    connect(empty->addButton(tr("Open the demo dataset"), QStringLiteral("demo")), &QPushButton::clicked, this, &AugmentPage::demoRequested);
    return empty;
}

QToolBar* AugmentPage::buildBar()
{
    auto* bar = new QToolBar(tr("Preview"), this);
    const int icon = fontMetrics().height();
    bar->setIconSize({icon, icon});
    bar->addActions({m_actions.play, m_actions.loop, m_actions.flip, m_actions.match});
    auto* volume = new QSlider(Qt::Horizontal, this);
    volume->setRange(0, 100);
    volume->setValue(100);
    volume->setAccessibleName(tr("Volume"));
    volume->setToolTip(tr("Volume of playing"));
    volume->setMaximumWidth(fontMetrics().averageCharWidth() * 10);
    connect(volume, &QSlider::valueChanged, this, [this](int percent) { m_comparison->player().setVolume(percent / 100.0); });
    bar->addWidget(volume);
    bar->addSeparator();
    bar->addActions({m_actions.zoomOut, m_actions.zoomIn, m_actions.fit});
    addPaneChoice(bar);
    bar->addSeparator();
    bar->addWidget(m_frontEnds);
    return bar;
}

void AugmentPage::addPaneChoice(QToolBar* bar)
{
    auto* menu = new QMenu(this);
    const std::pair<QString, PreviewPanes::Pane> panes[] = {{tr("&Waveforms"), PreviewPanes::Waveforms}, {tr("&Before"), PreviewPanes::Before},
                                                            {tr("&After"), PreviewPanes::After}, {tr("&Difference"), PreviewPanes::Difference}};
    for (const auto& [name, pane] : panes) {
        QAction* action = menu->addAction(name);
        action->setCheckable(true);
        connect(action, &QAction::toggled, this, [this, pane = pane](bool on) { m_panes->setShown(m_panes->shown().setFlag(pane, on)); });
        // The panes have the last word: one picture always stays.
        connect(menu, &QMenu::aboutToShow, action, [this, action, pane = pane] { action->setChecked(m_panes->shown().testFlag(pane)); });
    }
    auto* button = new QToolButton(this);
    button->setText(tr("Panes"));
    button->setIcon(themedIcon(QStringLiteral("spectrogram")));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setToolTip(tr("Which pictures are shown"));
    button->setPopupMode(QToolButton::InstantPopup);
    button->setMenu(menu);
    bar->addSeparator();
    bar->addWidget(button);
}

QWidget* AugmentPage::buildStatus()
{
    auto* status = new QWidget(this);
    m_readOut->setAccessibleName(tr("Read-out at the pointer"));
    m_notes->setWordWrap(true);
    m_notes->setAccessibleName(tr("Notes on this preview"));
    auto* column = new QVBoxLayout(status);
    const int space = fontMetrics().averageCharWidth();
    column->setContentsMargins(space, 0, space, space / 2);
    column->setSpacing(0);
    column->addWidget(m_readOut);
    column->addWidget(m_notes);
    return status;
}

void AugmentPage::wireActions()
{
    Player& player = m_comparison->player();
    new ClipTransport(player, *m_timeline, {m_actions.play, m_actions.loop, m_actions.fit, m_actions.zoomIn, m_actions.zoomOut}, this);
    connect(m_actions.flip, &QAction::triggered, m_comparison.get(), &ComparisonPlayer::flip);
    connect(m_actions.match, &QAction::toggled, m_comparison.get(), &ComparisonPlayer::setMatched);
    connect(m_actions.nextClip, &QAction::triggered, this, [this] { Q_EMIT clipStepRequested(1); });
    connect(m_actions.previousClip, &QAction::triggered, this, [this] { Q_EMIT clipStepRequested(-1); });
}

void AugmentPage::wirePlayback()
{
    Player& player = m_comparison->player();
    connect(&player, &Player::noteChanged, this, &AugmentPage::updateNotes);
    connect(m_panes, &PreviewPanes::seekRequested, &player, &Player::seek);
    connect(m_panes, &PreviewPanes::sideChosen, this, [this](PreviewSide side) {
        m_comparison->setSide(side);
        showHeard(); // a click on the side that is heard already must not uncheck it
    });
    connect(m_comparison.get(), &ComparisonPlayer::sideChanged, this, &AugmentPage::showHeard);
    connect(m_comparison.get(), &ComparisonPlayer::gainsChanged, this, &AugmentPage::showHeard);
}

void AugmentPage::setDataset(std::shared_ptr<const Dataset> dataset)
{
    m_dataset = std::move(dataset);
    m_clips.reset();
    m_draws->setFolds(m_dataset ? m_dataset->folds : std::vector<int>());
    m_clip = -2; // whatever comes next is another clip
    setClip(-1);
}

void AugmentPage::setClip(int clip)
{
    if (!m_dataset || clip >= static_cast<int>(m_dataset->clips.size()))
        clip = -1;
    if (clip == m_clip)
        return;
    m_clip = clip;
    m_stack->setCurrentIndex(clip < 0 ? 1 : 0);
    for (QAction* action : {m_actions.play, m_actions.flip, m_actions.fit, m_actions.zoomIn, m_actions.zoomOut})
        action->setEnabled(clip >= 0);
    showClipName();
    updateNotes();
    redraw();
}

void AugmentPage::setFrontEnd(const FrontEnd& frontEnd)
{
    m_frontEnds->setOfExplore(frontEnd);
}

void AugmentPage::setRecipe(const QString& title, const FrontEnd& frontEnd)
{
    m_frontEnds->setOfRecipe(title, frontEnd);
}

const FrontEnd& AugmentPage::frontEnd() const
{
    return m_frontEnds->frontEnd();
}

void AugmentPage::setChain(const AugmentationChain& chain)
{
    m_chain = chain;
    showMixing();
    redraw();
}

void AugmentPage::pinDraw(quint64 epoch)
{
    m_draws->pinAction()->setChecked(true);
    m_draws->setDraw(m_draws->seed(), epoch);
}

void AugmentPage::redraw()
{
    if (m_draws->isPinned())
        requestPreview();
    else
        m_draws->reroll();
}

void AugmentPage::requestPreview()
{
    m_sinceRequest.start();
    m_stale = !isVisible();
    if (m_clip < 0) {
        m_job->forget();
        showPreview(nullptr);
        Q_EMIT previewRequested({});
        return;
    }
    if (m_stale)
        return;
    if (!m_clips)
        m_clips = std::make_shared<const PreviewClips>(m_dataset, frontEnd(), m_draws->heldOut());
    const PreviewRequest& request = m_job->request(
        {.clips = m_clips, .chain = m_chain, .draw = {.seed = m_draws->seed(), .epoch = m_draws->epoch(), .clip = m_clip}});
    Q_EMIT previewRequested(request);
}

void AugmentPage::showPreview(const std::shared_ptr<const AugmentationPreview>& preview)
{
    const bool sameClip = m_preview && preview && m_preview->before.waveform == preview->before.waveform;
    m_preview = preview;
    m_comparison->setPreview(preview);
    if (preview && !sameClip)
        m_timeline->reset(preview->before.waveform->seconds());
    m_panes->setPreview(preview);
    showMixing();
    updateNotes();
    Q_EMIT previewShown();
}

void AugmentPage::showFailure(const QString& sentence)
{
    showPreview(nullptr);
    m_panes->setMessage(sentence);
}

void AugmentPage::showMixing()
{
    m_mixing->setVisible(m_chain.mixes());
    if (!m_preview || m_preview->partner.clip < 0) {
        const auto& mixings = m_chain.entries(AugmentationStage::Mix);
        const bool always = std::ranges::any_of(mixings, [](const ChainEntry& entry) { return canAct(entry) && entry.probability >= 1.0; });
        m_mixing->setNothingMixed(m_preview && always ? tr("The chain mixes clips, but outside the held-out fold there is none that it may mix in.")
                                                      : tr("The chain mixes clips, but not in this draw: press R or go on an epoch."));
        return;
    }
    const auto clipOf = [](const Dataset& dataset, int index, const QImage& thumbnail, double share) {
        const Clip& clip = dataset.clips[static_cast<size_t>(index)];
        return MixingBar::Clip{.name = QString::fromStdString(clip.name),
                               .className = QString::fromStdString(dataset.classes[static_cast<size_t>(clip.label)]),
                               .thumbnail = thumbnail,
                               .share = share};
    };
    const Dataset& dataset = m_preview->request.clips->dataset();
    const PreviewPartner& partner = m_preview->partner;
    m_mixing->setMix(clipOf(dataset, m_preview->request.draw.clip, m_preview->before.thumbnail, partner.ownShare),
                     clipOf(dataset, partner.clip, partner.thumbnail, 1.0 - partner.ownShare), QString::fromStdString(partner.mixing));
}

void AugmentPage::showClipName()
{
    if (m_clip < 0)
        return m_header->clear();
    const Clip& clip = m_dataset->clips[static_cast<size_t>(m_clip)];
    m_header->setClip(m_dataset->classes[static_cast<size_t>(clip.label)], clip.name, clip.fold);
}

void AugmentPage::showHeard()
{
    m_panes->setHeard(m_comparison->side(), m_comparison->gainDb(PreviewSide::Before), m_comparison->gainDb(PreviewSide::After));
}

QStringList AugmentPage::notes() const
{
    QStringList notes;
    if (m_clip >= 0 && !m_frontEnds->note().isEmpty())
        notes.append(m_frontEnds->note());
    if (m_clip >= 0 && m_draws->heldOut() == m_dataset->clips[static_cast<size_t>(m_clip)].fold)
        notes.append(tr("This clip is in the held-out fold: a run that holds it out never trains on it."));
    if (m_preview && m_preview->isSilent)
        notes.append(tr("This draw is silent: nothing of the sound is left."));
    if (m_preview && m_preview->partner.clip >= 0 && !m_preview->partner.isHeard)
        notes.append(tr("The second clip is mixed into the spectrogram: it can be seen, not heard."));
    else if (m_preview && !m_preview->request.chain.empty() && m_preview->before.waveform->samples == m_preview->after.waveform->samples)
        notes.append(m_preview->before.spectrogram->grid == m_preview->after.spectrogram->grid
                         ? tr("This draw leaves the clip as it is: press R or go on an epoch for another.")
                         : tr("Before and after sound the same: this draw changes the spectrogram only."));
    if (!m_comparison->player().note().isEmpty())
        notes.append(m_comparison->player().note());
    return notes;
}

void AugmentPage::updateNotes()
{
    const QStringList sentences = notes();
    m_notes->setText(sentences.join(QLatin1Char(' ')));
    m_notes->setVisible(!sentences.isEmpty());
}

void AugmentPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale)
        requestPreview();
}

void AugmentPage::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_comparison->player().pause();
}

} // namespace melscope
