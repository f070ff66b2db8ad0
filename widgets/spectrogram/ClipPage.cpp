// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/ClipPage.h"

#include "base/Threads.h"
#include "common/Deliver.h"
#include "common/NumberText.h"
#include "playback/Player.h"
#include "spectrogram/ClipAnalysis.h"
#include "spectrogram/ClipToolBar.h"
#include "spectrogram/ClipTransport.h"
#include "spectrogram/ColourBar.h"
#include "spectrogram/DisplayPanel.h"
#include "spectrogram/FrontEndPanel.h"
#include "spectrogram/SpectrogramFigure.h"
#include "spectrogram/SpectrogramView.h"
#include "spectrogram/TimeRuler.h"
#include "spectrogram/WaveformView.h"

#include <QAction>
#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>

namespace melscope {

struct ClipPage::Jobs
{
    JobPool saving{1};
};

ClipPage::ClipPage(QWidget* parent) : ClipPage(std::make_unique<Player>(), parent) {}

ClipPage::ClipPage(std::unique_ptr<Player> player, QWidget* parent)
    : QWidget(parent), m_player(std::move(player)), m_timeline(new Timeline(this)), m_analysis(new ClipAnalysis(this)),
      m_actions(*this), m_jobs(std::make_unique<Jobs>())
{
    wireActions();
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(buildViews());
    m_settings = buildPanel();
    splitter->addWidget(m_settings);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setCollapsible(0, false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new ClipToolBar(m_actions, *m_player, this));
    layout->addWidget(splitter, 1);
    layout->addWidget(buildStatus());

    connect(m_analysis, &ClipAnalysis::loaded, this, &ClipPage::showClip);
    connect(m_analysis, &ClipAnalysis::loadFailed, this, &ClipPage::showFailure);
    connect(m_analysis, &ClipAnalysis::computed, this, &ClipPage::showSpectrogram);
    connect(m_analysis, &ClipAnalysis::computeFailed, this, [this](const QString& sentence) {
        m_computeError = sentence;
        updateStatus();
    });
    connect(m_frontEndPanel, &FrontEndPanel::frontEndChanged, this, [this](const FrontEnd& frontEnd) {
        requestSpectrogram();
        Q_EMIT frontEndChanged(frontEnd);
    });
    wirePlayback();
    wireDisplay();
    clear();
}

ClipPage::~ClipPage() = default;

void ClipPage::wireActions()
{
    new ClipTransport(*m_player, *m_timeline, {m_actions.play, m_actions.loop, m_actions.fit, m_actions.zoomIn, m_actions.zoomOut}, this);
    connect(m_actions.modelsEye, &QAction::toggled, this, [this] {
        updateDuration();
        requestSpectrogram();
        updateStatus();
    });
    connect(m_actions.save, &QAction::triggered, this, &ClipPage::askWhereToSave);
}

QWidget* ClipPage::buildViews()
{
    auto* views = new QWidget(this);
    m_waveformView = new WaveformView(*m_timeline, views);
    m_ruler = new TimeRuler(*m_timeline, views);
    m_spectrogramView = new SpectrogramView(*m_timeline, views);
    m_colourBar = new ColourBar(views);
    for (QWidget* scale : std::initializer_list<QWidget*>{m_ruler, m_colourBar}) {
        QSizePolicy policy = scale->sizePolicy();
        policy.setRetainSizeWhenHidden(true);
        scale->setSizePolicy(policy);
    }
    auto* grid = new QGridLayout(views);
    const int space = fontMetrics().averageCharWidth() / 2;
    grid->setContentsMargins(space, space, 0, space);
    grid->setSpacing(space);
    grid->addWidget(m_waveformView, 0, 0);
    grid->addWidget(m_spectrogramView, 1, 0);
    grid->addWidget(m_colourBar, 1, 1);
    grid->addWidget(m_ruler, 2, 0);
    grid->setRowStretch(0, 1);
    grid->setRowStretch(1, 3);
    return views;
}

QWidget* ClipPage::buildPanel()
{
    auto* panel = new QWidget;
    m_displayPanel = new DisplayPanel(panel);
    m_frontEndPanel = new FrontEndPanel(panel);
    const auto heading = [panel](const QString& text) {
        auto* label = new QLabel(text, panel);
        QFont bold = label->font();
        bold.setBold(true);
        label->setFont(bold);
        return label;
    };
    auto* layout = new QVBoxLayout(panel);
    layout->addWidget(heading(tr("Front end")));
    layout->addWidget(m_frontEndPanel);
    layout->addSpacing(fontMetrics().height() / 2);
    layout->addWidget(heading(tr("Display")));
    layout->addWidget(m_displayPanel);
    layout->addStretch(1);
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(panel);
    area->setMinimumWidth(panel->minimumSizeHint().width() + area->verticalScrollBar()->sizeHint().width());
    return area;
}

QWidget* ClipPage::buildStatus()
{
    auto* status = new QWidget(this);
    m_readOut = new QLabel(status);
    m_readOut->setAccessibleName(tr("Read-out at the pointer"));
    m_readOut->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("000.000 s, 00000 Hz, -000.0 dB")));
    m_noteLabel = new QLabel(status);
    m_noteLabel->setWordWrap(true);
    m_noteLabel->setAccessibleName(tr("Notes on this clip"));
    auto* layout = new QHBoxLayout(status);
    layout->setContentsMargins(fontMetrics().averageCharWidth(), 0, fontMetrics().averageCharWidth(), 0);
    layout->addWidget(m_readOut);
    layout->addWidget(m_noteLabel, 1);
    return status;
}

void ClipPage::wirePlayback()
{
    connect(m_player.get(), &Player::noteChanged, this, &ClipPage::updateStatus);
    for (TimelinePlot* plot : std::initializer_list<TimelinePlot*>{m_waveformView, m_ruler, m_spectrogramView})
        connect(plot, &TimelinePlot::seekRequested, m_player.get(), &Player::seek);
}

void ClipPage::wireDisplay()
{
    connect(m_spectrogramView, &SpectrogramView::readOutChanged, m_readOut, &QLabel::setText);
    connect(m_spectrogramView, &SpectrogramView::painted, this, &ClipPage::reportPainted);
    connect(m_displayPanel, &DisplayPanel::frequencyScaleChanged, this,
            [this] { m_spectrogramView->setFrequencyScale(m_displayPanel->frequencyScale()); });
    connect(m_displayPanel, &DisplayPanel::colourMapChanged, this, [this] {
        m_spectrogramView->setColourMap(m_displayPanel->colourMap());
        m_colourBar->setColourMap(m_displayPanel->colourMap());
    });
    connect(m_displayPanel, &DisplayPanel::scaleEdited, this, &ClipPage::applyScale);
    connect(m_colourBar, &ColourBar::scaleEdited, this, [this](ColourScale scale) {
        m_displayPanel->setAutomatic(false);
        applyScale(scale);
    });
    const auto automatic = [this] {
        m_displayPanel->setAutomatic(true);
        if (m_spectrogramView->spectrogram())
            applyScale(m_spectrogramView->spectrogram()->autoScale);
    };
    connect(m_colourBar, &ColourBar::automaticRequested, this, automatic);
    connect(m_displayPanel, &DisplayPanel::automaticChanged, this, [automatic](bool on) {
        if (on)
            automatic();
    });
}

void ClipPage::setClip(const std::filesystem::path& path, const QString& displayName)
{
    m_path = path;
    m_displayName = displayName;
    m_player->pause();
    m_analysis->load(path);
}

void ClipPage::clear()
{
    m_analysis->forget();
    m_path.clear();
    m_displayName.clear();
    m_waveform.reset();
    m_warning.clear();
    m_computeError.clear();
    m_player->setWaveform(nullptr);
    m_waveformView->setWaveform(nullptr, nullptr);
    m_spectrogramView->setSpectrogram(nullptr);
    m_spectrogramView->setMessage(tr("No clip is open. Choose one in the table to see and hear it."));
    enableClip(false);
    updateStatus();
}

const FrontEnd& ClipPage::frontEnd() const
{
    return m_frontEndPanel->frontEnd();
}

void ClipPage::setFrontEnd(const FrontEnd& frontEnd)
{
    m_frontEndPanel->setFrontEnd(frontEnd);
    updateDuration();
    requestSpectrogram();
}

void ClipPage::setNormalisation(std::optional<Normalisation> normalisation)
{
    if (normalisation == m_normalisation)
        return;
    m_normalisation = normalisation;
    updateStatus();
    if (m_actions.modelsEye->isChecked())
        requestSpectrogram();
}

void ClipPage::showClip(const LoadedClip& clip)
{
    m_waveform = clip.waveform;
    m_warning = clip.warning;
    m_computeError.clear();
    m_player->setWaveform(clip.waveform);
    m_timeline->reset(clip.waveform->seconds());
    updateDuration();
    m_waveformView->setMessage(QString());
    m_waveformView->setWaveform(clip.waveform, clip.pyramid);
    m_spectrogramView->setMessage(QString());
    enableClip(true);
    updateStatus();
    requestSpectrogram();
    Q_EMIT clipShown(m_displayName);
}

void ClipPage::showFailure(const QString& sentence)
{
    const std::filesystem::path path = m_path;
    clear();
    m_path = path;
    m_spectrogramView->setMessage(sentence);
    Q_EMIT clipFailed(sentence);
}

void ClipPage::updateDuration()
{
    if (!m_waveform)
        return;
    const double model = m_actions.modelsEye->isChecked() ? frontEnd().clipSeconds : 0.0;
    m_timeline->setDuration(std::max(m_waveform->seconds(), model));
}

void ClipPage::requestSpectrogram()
{
    if (!m_waveform)
        return;
    m_sinceRequest.start();
    updateDuration();
    m_analysis->compute(m_waveform, {++m_request, frontEnd(), m_actions.modelsEye->isChecked(), m_normalisation});
}

void ClipPage::showSpectrogram(const std::shared_ptr<const Spectrogram>& spectrogram)
{
    const ColourScale automatic = spectrogram->autoScale;
    const float space = (automatic.high - automatic.low) / 4.0F;
    m_colourBar->setExtent(automatic.low - space, automatic.high + space);
    m_colourBar->setUnit(spectrogram->unit);
    m_displayPanel->setUnit(spectrogram->unit);
    const auto& before = m_spectrogramView->spectrogram();
    if (before && before->unit != spectrogram->unit)
        m_displayPanel->setAutomatic(true); // a range chosen in dB means nothing in standard deviations
    if (!m_computeError.isEmpty()) {
        m_computeError.clear();
        updateStatus();
    }
    m_spectrogramView->setSpectrogram(spectrogram);
    if (m_displayPanel->isAutomatic())
        applyScale(automatic);
    m_actions.save->setEnabled(true);
}

void ClipPage::reportPainted(quint64 request)
{
    if (request == m_request && m_sinceRequest.isValid()) {
        Q_EMIT spectrogramPainted(static_cast<double>(m_sinceRequest.nsecsElapsed()) * 1e-6);
        m_sinceRequest.invalidate();
    }
}

void ClipPage::applyScale(ColourScale scale)
{
    m_displayPanel->setScale(scale);
    m_colourBar->setScale(scale);
    m_spectrogramView->setScale(scale);
}

void ClipPage::updateStatus()
{
    QStringList notes;
    for (const QString& note : {m_computeError, m_warning, m_player->note()})
        if (!note.isEmpty())
            notes.append(note);
    if (m_waveform && m_actions.modelsEye->isChecked()) {
        notes.append(m_normalisation ? tr("Model's eye: mean %1 and standard deviation %2 of the training folds.")
                                           .arg(numberText(m_normalisation->mean, 2), numberText(m_normalisation->sd, 2))
                                     : tr("Model's eye: normalised by this clip's own mean and standard deviation, as no "
                                          "training folds are known yet."));
    }
    m_noteLabel->setText(notes.join(QLatin1Char(' ')));
}

void ClipPage::enableClip(bool enabled)
{
    m_ruler->setVisible(enabled);
    m_colourBar->setVisible(enabled);
    for (QAction* action : {m_actions.play, m_actions.fit, m_actions.zoomIn, m_actions.zoomOut})
        action->setEnabled(enabled);
    m_actions.save->setEnabled(enabled && m_spectrogramView->spectrogram());
}

SpectrogramFigure ClipPage::figure() const
{
    return {m_spectrogramView->spectrogram(), m_displayName,           m_timeline->window(), m_spectrogramView->frequencyScale(),
            m_spectrogramView->colourMap(),   m_spectrogramView->scale()};
}

void ClipPage::saveTo(const std::filesystem::path& path)
{
    if (!m_spectrogramView->spectrogram()) {
        Q_EMIT saveFailed(tr("There is no spectrogram to save yet; open a clip first."));
        return;
    }
    m_jobs->saving.add([this, figure = figure(), path, deliver = Deliver(this)](std::stop_token) {
        try {
            figure.save(path);
            deliver([this, path] { Q_EMIT saved(QString::fromStdString(path.string())); });
        } catch (const std::exception& error) {
            deliver([this, sentence = QString::fromUtf8(error.what())] {
                m_computeError = sentence;
                updateStatus();
                Q_EMIT saveFailed(sentence);
            });
        }
    });
}

void ClipPage::askWhereToSave()
{
    const QString name = QString::fromStdString(m_path.stem().string()) + QStringLiteral(".png");
    const QString path = QFileDialog::getSaveFileName(this, tr("Save spectrogram"), name,
                                                      tr("Picture (*.png);;Drawing (*.svg);;NumPy array (*.npy);;Table (*.csv)"));
    if (!path.isEmpty())
        saveTo(std::filesystem::path(path.toStdString()));
}

} // namespace melscope
