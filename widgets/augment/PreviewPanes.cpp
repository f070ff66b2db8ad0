// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/PreviewPanes.h"

#include "common/NumberText.h"
#include "spectrogram/PaneCaption.h"
#include "common/Theme.h"
#include "spectrogram/ColourBar.h"
#include "spectrogram/SpectrogramView.h"
#include "spectrogram/TimeRuler.h"
#include "spectrogram/WaveformView.h"

#include <QEvent>
#include <QGridLayout>
#include <QLocale>

#include <algorithm>

namespace melscope {
namespace {

enum Row { WaveformBeforeRow, BeforeRow, WaveformAfterRow, AfterRow, DifferenceRow, RulerRow };
constexpr float extentOfLevels = 0.25F; // of the range, beyond it at both ends

QString signedDb(double decibels)
{
    const QString sign = decibels > 0.05 ? QStringLiteral("+") : decibels < -0.05 ? QStringLiteral("\u2212") : QString();
    return PreviewPanes::tr("%1%2 dB").arg(sign, QLocale().toString(std::abs(decibels), 'f', 1));
}

} // namespace

PreviewPanes::PreviewPanes(Timeline& timeline, QWidget* parent)
    : QWidget(parent), m_grid(new QGridLayout(this)), m_waveformBefore(new WaveformView(timeline, this)),
      m_before(new SpectrogramView(timeline, this)), m_waveformAfter(new WaveformView(timeline, this)),
      m_after(new SpectrogramView(timeline, this)), m_difference(new SpectrogramView(timeline, this)),
      m_ruler(new TimeRuler(timeline, this)), m_levels(new ColourBar(this)), m_differences(new ColourBar(this)),
      m_captionBefore(new PaneCaption(tr("Before"), m_before)), m_captionAfter(new PaneCaption(tr("After"), m_after)),
      m_captionDifference(new PaneCaption(tr("Difference"), m_difference))
{
    m_waveformBefore->setAccessibleName(tr("Waveform before"));
    m_before->setAccessibleName(tr("Spectrogram before"));
    m_waveformAfter->setAccessibleName(tr("Waveform after"));
    m_after->setAccessibleName(tr("Spectrogram after"));
    m_difference->setAccessibleName(tr("Difference, after less before"));
    m_differences->setUnit(QStringLiteral("dB"));
    m_differences->setAccessibleName(tr("Colour range of the difference"));
    m_differences->setToolTip(tr("Red: louder than before. Blue: quieter. In the middle: unchanged. Drag the handles to change the range, which stays\n"
                                 "centred on zero; double-click for the automatic range."));
    addRows();
    addCaptions();
    wireBars();
    for (TimelinePlot* plot : plots()) {
        // At 720 lines all five must fit; what is left over is theirs by their shares.
        plot->setMinimumHeight(fontMetrics().height() * 2);
        connect(plot, &TimelinePlot::seekRequested, this, &PreviewPanes::seekRequested);
        plot->installEventFilter(this);
    }
    connect(m_ruler, &TimelinePlot::seekRequested, this, &PreviewPanes::seekRequested);
    for (SpectrogramView* view : {m_before, m_after, m_difference}) {
        connect(view, &SpectrogramView::painted, this, [this, view](quint64 request) { notePainted(view, request); });
        connect(view, &SpectrogramView::pointed, this, [this](double seconds, double hz) { Q_EMIT readOutChanged(readOut(seconds, hz)); });
        connect(view, &SpectrogramView::readOutChanged, this, [this](const QString& text) {
            if (text.isEmpty())
                Q_EMIT readOutChanged(QString());
        });
    }
    connect(m_waveformAfter, &WaveformView::painted, this, [this](quint64 request) { notePainted(m_waveformAfter, request); });
    showRows();
    chooseDifferenceColours();
}

PreviewPanes::~PreviewPanes() = default;

void PreviewPanes::chooseDifferenceColours()
{
    // "Unchanged" is most of the picture: it must not glare.
    const QString name = Theme::instance().isDark() ? QStringLiteral("diverging-dark") : QStringLiteral("diverging");
    m_difference->setColourMap(name);
    m_differences->setColourMap(name);
}

void PreviewPanes::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        chooseDifferenceColours();
}

std::vector<TimelinePlot*> PreviewPanes::plots() const
{
    return {m_waveformBefore, m_before, m_waveformAfter, m_after, m_difference};
}

void PreviewPanes::addRows()
{
    const int space = fontMetrics().averageCharWidth() / 2;
    m_grid->setContentsMargins(space, space, 0, space);
    m_grid->setSpacing(space);
    m_grid->addWidget(m_waveformBefore, WaveformBeforeRow, 0);
    m_grid->addWidget(m_before, BeforeRow, 0);
    m_grid->addWidget(m_waveformAfter, WaveformAfterRow, 0);
    m_grid->addWidget(m_after, AfterRow, 0);
    m_grid->addWidget(m_difference, DifferenceRow, 0);
    m_grid->addWidget(m_ruler, RulerRow, 0);
    m_grid->addWidget(m_levels, WaveformBeforeRow, 1, AfterRow - WaveformBeforeRow + 1, 1);
    m_grid->addWidget(m_differences, DifferenceRow, 1);
    m_grid->setColumnStretch(0, 1);
}

void PreviewPanes::addCaptions()
{
    for (PaneCaption* caption : {m_captionBefore, m_captionAfter})
        caption->setCheckable(true);
    m_captionBefore->setToolTip(tr("Hear the clip as it is (X flips)"));
    m_captionAfter->setToolTip(tr("Hear the clip as training gets it (X flips)"));
    m_captionDifference->setToolTip(tr("After less before, in dB: red is louder, blue is quieter"));
    m_captionDifference->setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(m_captionBefore, &PaneCaption::clicked, this, [this] { Q_EMIT sideChosen(PreviewSide::Before); });
    connect(m_captionAfter, &PaneCaption::clicked, this, [this] { Q_EMIT sideChosen(PreviewSide::After); });
}

void PreviewPanes::wireBars()
{
    connect(m_levels, &ColourBar::scaleEdited, this, [this](ColourScale scale) {
        m_levelsChosen = true;
        showLevels(scale);
    });
    connect(m_levels, &ColourBar::automaticRequested, this, [this] {
        m_levelsChosen = false;
        if (m_preview)
            showLevels(m_preview->levels);
    });
    connect(m_differences, &ColourBar::scaleEdited, this, [this](ColourScale scale) {
        // Whichever handle moved, the other follows: zero stays in the middle.
        const ColourScale before = m_difference->scale();
        const float range = std::max(scale.high != before.high ? scale.high : -scale.low, 0.5F);
        m_differencesChosen = true;
        showDifferences({-range, range});
    });
    connect(m_differences, &ColourBar::automaticRequested, this, [this] {
        m_differencesChosen = false;
        if (m_preview)
            showDifferences(m_preview->difference->autoScale);
    });
}

void PreviewPanes::setPreview(const std::shared_ptr<const AugmentationPreview>& preview)
{
    const bool sameBefore = m_preview && preview && m_preview->before.spectrogram == preview->before.spectrogram;
    const bool unitChanged = m_preview && preview && m_preview->before.spectrogram->unit != preview->before.spectrogram->unit;
    m_preview = preview;
    if (!preview) {
        m_awaited = 0;
        for (WaveformView* view : {m_waveformBefore, m_waveformAfter})
            view->setWaveform(nullptr, nullptr);
        for (SpectrogramView* view : {m_before, m_after, m_difference})
            view->setSpectrogram(nullptr);
        showRows();
        return;
    }
    if (unitChanged)
        m_levelsChosen = false; // a range chosen in dB means nothing in natural logarithms
    for (TimelinePlot* plot : plots())
        plot->setMessage(QString());
    awaitPainting(preview->request.number);
    const quint64 number = preview->request.number;
    if (!m_levelsChosen)
        showLevels(preview->levels);
    if (!m_differencesChosen)
        showDifferences(preview->difference->autoScale);
    // The side that moves first: what did not change costs nothing.
    m_after->setSpectrogram(preview->after.spectrogram);
    m_difference->setSpectrogram(preview->difference);
    m_waveformAfter->setWaveform(preview->after.waveform, preview->after.pyramid, number);
    if (!sameBefore) {
        m_before->setSpectrogram(preview->before.spectrogram);
        m_waveformBefore->setWaveform(preview->before.waveform, preview->before.pyramid, number);
    }
    if (preview->request.chain.empty())
        m_difference->setMessage(tr("Nothing changes yet: add an augmentation to the chain."));
    showRows();
}

void PreviewPanes::setMessage(const QString& sentence)
{
    setPreview(nullptr);
    m_before->setMessage(sentence);
    showRows();
}

void PreviewPanes::setShown(Panes panes)
{
    m_shown = panes & (Panes(Before) | After | Difference) ? panes : panes | After;
    showRows();
}

void PreviewPanes::showRows()
{
    const bool isMessage = !m_preview && !m_before->message().isEmpty();
    const auto show = [this](QWidget* view, Row row, bool shown, int stretch) {
        view->setVisible(shown);
        m_grid->setRowStretch(row, shown ? stretch : 0);
    };
    const bool waveforms = m_shown.testFlag(Waveforms) && !isMessage;
    show(m_waveformBefore, WaveformBeforeRow, waveforms && m_shown.testFlag(Before), 2);
    show(m_before, BeforeRow, m_shown.testFlag(Before) || isMessage, 5);
    show(m_waveformAfter, WaveformAfterRow, waveforms && m_shown.testFlag(After), 2);
    show(m_after, AfterRow, m_shown.testFlag(After) && !isMessage, 5);
    show(m_difference, DifferenceRow, m_shown.testFlag(Difference) && !isMessage, 5);
    m_ruler->setVisible(!isMessage);
    m_levels->setVisible(m_preview && (m_shown.testFlag(Before) || m_shown.testFlag(After)));
    m_differences->setVisible(m_preview && m_shown.testFlag(Difference));
    for (PaneCaption* caption : {m_captionBefore, m_captionAfter, m_captionDifference})
        caption->setVisible(m_preview != nullptr);
    // Deferred painting of a view that is no longer shown would never be told.
    std::erase_if(m_unpainted, [](const QWidget* view) { return view->isHidden(); });
}

void PreviewPanes::setHeard(PreviewSide side, double gainBeforeDb, double gainAfterDb)
{
    m_captionBefore->setChecked(side == PreviewSide::Before);
    m_captionAfter->setChecked(side == PreviewSide::After);
    m_captionBefore->setNote(std::abs(gainBeforeDb) < 0.05 ? QString() : tr("played %1").arg(signedDb(gainBeforeDb)));
    m_captionAfter->setNote(std::abs(gainAfterDb) < 0.05 ? QString() : tr("played %1").arg(signedDb(gainAfterDb)));
}

void PreviewPanes::setColourMap(const QString& name)
{
    if (name.startsWith(QLatin1String("diverging")))
        return; // for levels it says nothing
    m_before->setColourMap(name);
    m_after->setColourMap(name);
    m_levels->setColourMap(name);
}

void PreviewPanes::setFrequencyScale(FrequencyAxis::Scale scale)
{
    for (SpectrogramView* view : {m_before, m_after, m_difference})
        view->setFrequencyScale(scale);
}

void PreviewPanes::showLevels(ColourScale scale)
{
    if (m_preview) {
        const ColourScale all = m_preview->levels;
        const float space = (all.high - all.low) * extentOfLevels;
        m_levels->setExtent(all.low - space, all.high + space);
        m_levels->setUnit(m_preview->before.spectrogram->unit);
    }
    m_levels->setScale(scale);
    m_before->setScale(scale);
    m_after->setScale(scale);
}

void PreviewPanes::showDifferences(ColourScale scale)
{
    const float reach = m_preview ? std::max(m_preview->difference->autoScale.high, scale.high) : scale.high;
    m_differences->setExtent(-reach, reach);
    m_differences->setScale(scale);
    m_difference->setScale(scale);
}

void PreviewPanes::awaitPainting(quint64 request)
{
    m_awaited = request;
    m_unpainted.clear();
    for (const QWidget* view : {static_cast<QWidget*>(m_waveformAfter), static_cast<QWidget*>(m_after), static_cast<QWidget*>(m_difference)})
        if (!view->isHidden())
            m_unpainted.push_back(view);
}

void PreviewPanes::notePainted(const QWidget* view, quint64 request)
{
    if (request != m_awaited || m_awaited == 0)
        return;
    std::erase(m_unpainted, view);
    if (m_unpainted.empty()) {
        m_awaited = 0;
        Q_EMIT painted(request);
    }
}

QString PreviewPanes::readOut(double seconds, double hz) const
{
    const QString place = tr("%1 s, %2 Hz").arg(seconds, 0, 'f', 3).arg(hz, 0, 'f', 0);
    const auto before = m_before->valueAt(seconds, hz);
    const auto after = m_after->valueAt(seconds, hz);
    const auto difference = m_difference->valueAt(seconds, hz);
    if (!before || !after || !difference)
        return place;
    return tr("%1: %2 → %3 %4, %5")
        .arg(place, numberText(static_cast<double>(*before), 1), numberText(static_cast<double>(*after), 1))
        .arg(m_before->spectrogram()->unit, signedDb(static_cast<double>(*difference)));
}

void PreviewPanes::placeCaptions()
{
    const int margin = fontMetrics().averageCharWidth() / 2 + 1;
    for (auto& [view, caption] : {std::pair{m_before, m_captionBefore}, {m_after, m_captionAfter}, {m_difference, m_captionDifference}}) {
        caption->resize(caption->sizeHint());
        caption->move(view->plotArea().topLeft() + QPoint(margin, margin));
    }
}

bool PreviewPanes::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::FontChange)
        placeCaptions();
    return QWidget::eventFilter(watched, event);
}

} // namespace melscope
