// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/TriagePage.h"

#include "common/Figures.h"
#include "playback/Player.h"
#include "results/ClipListModel.h"
#include "results/PlainTable.h"
#include "spectrogram/PaneCaption.h"
#include "spectrogram/SpectrogramView.h"
#include "spectrogram/TimeRuler.h"

#include <QAction>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace melscope {
namespace {

size_t place(TriagePage::Side side)
{
    return side == TriagePage::Side::Clip ? 0 : 1;
}

QString gainText(double decibels)
{
    if (std::abs(decibels) < 0.05)
        return {};
    return TriagePage::tr("played %1%2 dB").arg(decibels > 0.0 ? QStringLiteral("+") : QStringLiteral("\u2212"), QLocale().toString(std::abs(decibels), 'f', 1));
}

} // namespace

TriagePage::TriagePage(QWidget* parent) : TriagePage(std::make_unique<Player>(), parent) {}

TriagePage::TriagePage(std::unique_ptr<Player> player, QWidget* parent)
    : QWidget(parent), m_player(std::move(player)), m_timeline(new Timeline(this)), m_job(new TriageJob(this)), m_model(new ClipListModel(this)),
      m_actions(*this), m_title(new QLabel(this)), m_sentence(new QLabel(this)), m_note(new QLabel(this))
{
    setFocusPolicy(Qt::StrongFocus);
    auto* parts = new QSplitter(Qt::Horizontal, this);
    parts->addWidget(buildList());
    parts->addWidget(buildViews());
    parts->setStretchFactor(1, 1);
    parts->setChildrenCollapsible(false);
    parts->setSizes({fontMetrics().averageCharWidth() * 75, fontMetrics().averageCharWidth() * 110});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_actions.makeBar(m_title, this));
    layout->addWidget(parts, 1);
    connect(m_job, &TriageJob::clipLoaded, this, &TriagePage::showClip);
    connect(m_job, &TriageJob::twinLoaded, this, &TriagePage::showTwin);
    connect(m_job, &TriageJob::clipFailed, this, [this](const QString& sentence) {
        m_views[0]->setMessage(sentence);
        m_views[1]->setMessage(QString());
    });
    connect(m_job, &TriageJob::twinFailed, this, [this](const QString& sentence) { m_views[1]->setMessage(sentence); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &TriagePage::showCurrent);
    wireActions();
    wirePlayback();
}

TriagePage::~TriagePage() = default;

void TriagePage::wireActions()
{
    connect(m_actions.back, &QAction::triggered, this, &TriagePage::closeRequested);
    connect(m_actions.play, &QAction::triggered, this, [this](bool play) {
        play ? m_player->play() : m_player->pause();
        m_actions.setPlaying(m_player->isPlaying());
    });
    connect(m_actions.loop, &QAction::toggled, m_player.get(), &Player::setLooping);
    connect(m_actions.flip, &QAction::triggered, this, [this] { flip(m_side == Side::Clip ? Side::Twin : Side::Clip); });
    connect(m_actions.previous, &QAction::triggered, this, [this] { step(-1); });
    connect(m_actions.next, &QAction::triggered, this, [this] { step(1); });
    connect(m_actions.save, &QAction::triggered, this, [this] { Q_EMIT exportRequested(m_queue.run); });
    connect(m_actions.explore, &QAction::triggered, this, [this] {
        if (current() >= 0)
            Q_EMIT exploreRequested(m_queue.run, m_model->clipAt(current()).name);
    });
    for (size_t i = 0; i < m_actions.verdicts.size(); ++i)
        connect(m_actions.verdicts[i], &QAction::triggered, this, [this, i](bool on) { judge(on ? TriageActions::verdictOrder[i] : Verdict::None); });
}

QWidget* TriagePage::buildList()
{
    m_table = plainTable(*m_model, tr("Queue"), this);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    for (const int column : {ClipListModel::Fold, ClipListModel::Probability, ClipListModel::Margin, ClipListModel::Loss, ClipListModel::Note})
        m_table->setColumnHidden(column, true); // what they say stands above the pictures
    return m_table;
}

QWidget* TriagePage::buildViews()
{
    auto* side = new QWidget(this);
    auto* layout = new QVBoxLayout(side);
    const int space = fontMetrics().averageCharWidth();
    layout->setContentsMargins(space, 0, space, space);
    layout->setSpacing(space / 2);
    m_sentence->setTextFormat(Qt::RichText);
    m_sentence->setAccessibleName(tr("Clip"));
    layout->addWidget(m_sentence);
    const std::pair<QString, QString> names[] = {{tr("Clip"), tr("Spectrogram of the clip")}, {tr("Training clip"), tr("Spectrogram of the nearest training clip")}};
    for (const Side each : {Side::Clip, Side::Twin}) {
        auto* view = new SpectrogramView(*m_timeline, side);
        auto* caption = new PaneCaption(names[place(each)].first, view);
        view->setAccessibleName(names[place(each)].second);
        view->setMinimumHeight(fontMetrics().height() * 4);
        view->installEventFilter(this);
        caption->setCheckable(true);
        caption->setToolTip(tr("Hear this one (Tab flips)"));
        connect(caption, &PaneCaption::clicked, this, [this, each] { flip(each); });
        connect(view, &TimelinePlot::seekRequested, this, [this, each](double seconds) {
            flip(each);
            m_player->seek(seconds);
        });
        m_views[place(each)] = view;
        m_captions[place(each)] = caption;
        layout->addWidget(view, 1);
    }
    auto* ruler = new TimeRuler(*m_timeline, side);
    connect(ruler, &TimelinePlot::seekRequested, m_player.get(), &Player::seek);
    layout->addWidget(ruler);
    layout->addWidget(m_actions.makeVerdictBar(side));
    m_note->setWordWrap(true);
    layout->addWidget(m_note);
    return side;
}

void TriagePage::wirePlayback()
{
    connect(m_player.get(), &Player::positionChanged, m_timeline, &Timeline::setPlayhead);
    connect(m_player.get(), &Player::playingChanged, this, [this](bool playing) { m_actions.setPlaying(playing); });
    connect(m_player.get(), &Player::noteChanged, m_note, &QLabel::setText);
    m_note->setText(m_player->note());
}

void TriagePage::open(const TriageQueue& queue)
{
    m_queue = queue;
    m_hasSource = false;
    m_failure.clear();
    m_model->show(queue.clips, queue.classes);
    m_table->resizeColumnsToContents();
    setCurrent(queue.start); // shows it
    setFocus();
    Q_EMIT opened(queue.run);
}

void TriagePage::setSource(const std::string& run, const TriageSource& source)
{
    if (run != m_queue.run)
        return;
    m_job->setSource(source, m_queue);
    m_hasSource = true;
    showCurrent();
}

void TriagePage::setFailure(const std::string& run, const QString& sentence)
{
    if (run != m_queue.run)
        return;
    m_failure = sentence;
    showCurrent();
}

void TriagePage::setVerdicts(const VerdictMap& map)
{
    m_model->setVerdicts(map);
    updateVerdicts();
}

void TriagePage::setColourMap(const QString& name)
{
    for (SpectrogramView* view : m_views)
        view->setColourMap(name);
}

void TriagePage::setFrequencyScale(FrequencyAxis::Scale scale)
{
    for (SpectrogramView* view : m_views)
        view->setFrequencyScale(scale);
}

int TriagePage::current() const
{
    return m_table->currentIndex().row();
}

void TriagePage::setCurrent(int row)
{
    m_table->setCurrentIndex(m_model->index(row, ClipListModel::Clip));
}

void TriagePage::step(int rows)
{
    if (m_model->rowCount() > 0)
        setCurrent(std::clamp(current() + rows, 0, m_model->rowCount() - 1));
}

void TriagePage::showCurrent()
{
    m_job->forget();
    m_player->setWaveform(nullptr);
    m_clip.reset();
    m_twin.reset();
    m_match = {};
    m_side = Side::Clip;
    for (SpectrogramView* view : m_views) {
        view->setSpectrogram(nullptr);
        view->setMessage(QString());
    }
    const int row = current();
    m_actions.previous->setEnabled(row > 0);
    m_actions.next->setEnabled(row >= 0 && row + 1 < m_model->rowCount());
    if (row >= 0) {
        const ClipPrediction& clip = m_model->clipAt(row);
        if (m_hasSource) {
            m_views[1]->setMessage(tr("Looking for the nearest training clip of %1…").arg(m_model->className(clip.predicted)));
            m_job->request(clip);
        } else {
            m_views[0]->setMessage(m_failure.isEmpty() ? tr("Opening the run's dataset…") : m_failure);
        }
    }
    updateVerdicts();
    updateCaptions();
}

const TriageSound* TriagePage::soundOf(Side side) const
{
    if (side == Side::Twin)
        return m_twin ? &m_twin->sound : nullptr;
    return m_clip ? &*m_clip : nullptr;
}

void TriagePage::draw(Side side, const TriageSound& sound)
{
    SpectrogramView* view = m_views[place(side)];
    view->setMessage(QString());
    view->setScale(sound.spectrogram->autoScale);
    view->setSpectrogram(sound.spectrogram);
}

void TriagePage::showClip(const TriageSound& sound)
{
    m_clip = sound;
    m_timeline->reset(sound.waveform->seconds());
    draw(Side::Clip, sound);
    hear();
    m_player->play();
    updateCaptions();
}

void TriagePage::showTwin(const TriageTwin& twin)
{
    m_twin = twin;
    m_match = matchLoudness(m_clip->loudness, twin.sound.loudness);
    m_timeline->setDuration(std::max(m_clip->waveform->seconds(), twin.sound.waveform->seconds()));
    draw(Side::Twin, twin.sound);
    m_player->setGainDb(gainDb(m_side));
    updateCaptions();
    Q_EMIT twinShown(twin);
}

double TriagePage::gainDb(Side side) const
{
    return side == Side::Clip ? m_match.firstDb : m_match.secondDb;
}

void TriagePage::flip(Side side)
{
    if (side == m_side || !soundOf(side))
        return;
    m_side = side;
    hear();
    updateCaptions();
}

void TriagePage::hear()
{
    const bool playing = m_player->isPlaying();
    m_player->exchangeWaveform(soundOf(m_side)->waveform, gainDb(m_side));
    if (playing)
        m_player->play(); // goes on by itself only where both are equally long
}

void TriagePage::judge(Verdict verdict)
{
    const int row = current();
    if (row < 0)
        return;
    const ClipPrediction& clip = m_model->clipAt(row);
    Q_EMIT verdictGiven(m_queue.run, {.clip = clip.name, .label = m_model->className(clip.label).toStdString(),
                                      .predicted = m_model->className(clip.predicted).toStdString(), .verdict = verdict});
    updateVerdicts(); // as it is stored, not as it was clicked
}

void TriagePage::updateVerdicts()
{
    const int row = current();
    // A verdict is on a mistake: where there is none, there is nothing to judge.
    const bool canJudge = row >= 0 && !m_model->clipAt(row).correct();
    for (size_t i = 0; i < m_actions.verdicts.size(); ++i) {
        m_actions.verdicts[i]->setEnabled(canJudge);
        m_actions.verdicts[i]->setChecked(row >= 0 && m_model->verdictAt(row) == TriageActions::verdictOrder[i]);
    }
    int judged = 0;
    for (int each = 0; each < m_model->rowCount(); ++each)
        judged += m_model->verdictAt(each) != Verdict::None ? 1 : 0;
    m_title->setText(row < 0 ? m_queue.title : tr("%1 · %2 of %3 · judged: %4").arg(m_queue.title).arg(row + 1).arg(m_model->rowCount()).arg(judged));
}

void TriagePage::updateCaptions()
{
    const int row = current();
    for (const Side side : {Side::Clip, Side::Twin}) {
        PaneCaption* caption = m_captions[place(side)];
        caption->setVisible(soundOf(side));
        caption->setChecked(side == m_side);
        caption->setNote(gainText(gainDb(side)));
    }
    m_actions.flip->setEnabled(m_twin.has_value());
    m_actions.play->setEnabled(m_clip.has_value());
    if (row < 0) {
        m_sentence->setText(tr("There is no clip on this list."));
        return;
    }
    m_sentence->setText(sentence(row));
    if (m_clip)
        m_captions[0]->setText(m_clip->name);
    if (m_twin)
        m_captions[1]->setText(m_twin->sound.name);
    for (PaneCaption* caption : m_captions)
        caption->resize(caption->sizeHint());
}

QString TriagePage::sentence(int row) const
{
    const ListedClip& listed = m_model->clips()[static_cast<size_t>(row)];
    const ClipPrediction& clip = listed.prediction;
    const QString label = m_model->className(clip.label).toHtmlEscaped(), predicted = m_model->className(clip.predicted).toHtmlEscaped();
    const auto index = static_cast<size_t>(clip.predicted);
    QString text = clip.correct() ? tr("<b>%1</b>, recognised").arg(label) : tr("<b>%1</b>, taken for <b>%2</b>").arg(label, predicted);
    if (index < clip.probabilities.size())
        text += tr(", %1 sure").arg(percentText(static_cast<double>(clip.probabilities[index])));
    if (!listed.note.empty())
        text += QStringLiteral(" (%1)").arg(QString::fromStdString(listed.note).toHtmlEscaped());
    text += QLatin1Char('.');
    if (m_twin)
        text += QLatin1Char(' ') + (m_twin->recognised ? tr("Below: the nearest of %1 training clips of %2; the run recognises it where it is held out.")
                                                       : tr("Below: the nearest of %1 training clips of %2; this run never held it out."))
                                       .arg(m_twin->candidates).arg(predicted);
    return text;
}

bool TriagePage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        for (size_t i = 0; i < m_views.size(); ++i)
            if (watched == m_views[i]) {
                const int margin = fontMetrics().averageCharWidth() / 2 + 1;
                m_captions[i]->move(m_views[i]->plotArea().topLeft() + QPoint(margin, margin));
            }
    return QWidget::eventFilter(watched, event);
}

void TriagePage::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_player->pause();
}

} // namespace melscope
