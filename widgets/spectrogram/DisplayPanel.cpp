// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/DisplayPanel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QIcon>
#include <QImage>
#include <QPixmap>
#include <QSignalBlocker>

namespace melscope {
namespace {

constexpr double limitOfValues = 400.0;
constexpr float leastRange = 0.1F;

QIcon swatch(const QString& map, QSize size)
{
    QImage image(ColourMap::entryCount, 1, QImage::Format_RGB32);
    const auto& colours = ColourMap::named(map).entries();
    for (int i = 0; i < ColourMap::entryCount; ++i)
        image.setPixel(i, 0, colours[static_cast<size_t>(i)]);
    return QIcon(QPixmap::fromImage(image.scaled(size)));
}

} // namespace

DisplayPanel::DisplayPanel(QWidget* parent)
    : QWidget(parent), m_axes(new QComboBox(this)), m_maps(new QComboBox(this)),
      m_automatic(new QCheckBox(tr("&Automatic range"), this)),
      m_low(makeLimit(tr("Lowest value shown"), tr("Values here and below get the darkest colour."))),
      m_high(makeLimit(tr("Highest value shown"), tr("Values here and above get the brightest colour.")))
{
    m_axes->addItem(tr("Mel"), static_cast<int>(FrequencyAxis::Scale::Mel));
    m_axes->addItem(tr("Linear"), static_cast<int>(FrequencyAxis::Scale::Linear));
    m_axes->addItem(tr("Logarithmic"), static_cast<int>(FrequencyAxis::Scale::Logarithmic));
    m_axes->setAccessibleName(tr("Frequency axis"));
    m_axes->setToolTip(tr("Mel: every row of the grid equally high, as the network sees it. Linear: equal steps in Hz,\n"
                          "harmonics evenly spaced. Logarithmic: octaves equally high, as on a keyboard."));
    const QSize swatchSize(fontMetrics().averageCharWidth() * 6, fontMetrics().height());
    m_maps->setIconSize(swatchSize);
    for (const QString& name : ColourMap::names())
        m_maps->addItem(swatch(name, swatchSize), ColourMap::labelOf(name), name);
    m_maps->setAccessibleName(tr("Colour map"));
    m_maps->setToolTip(tr("Cividis reads the same with any colour vision; diverging is for differences around zero."));
    m_automatic->setChecked(true);
    setScale(ColourScale());
    setUnit(QStringLiteral("dB"));
    m_automatic->setToolTip(tr("The range follows the clip: its loudest value and 80 dB below."));
    auto* layout = new QFormLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addRow(tr("A&xis"), m_axes);
    layout->addRow(tr("&Colours"), m_maps);
    layout->addRow(m_automatic);
    layout->addRow(tr("Lo&west"), m_low);
    layout->addRow(tr("Hi&ghest"), m_high);

    connect(m_axes, &QComboBox::currentIndexChanged, this, &DisplayPanel::frequencyScaleChanged);
    connect(m_maps, &QComboBox::currentIndexChanged, this, &DisplayPanel::colourMapChanged);
    connect(m_automatic, &QCheckBox::toggled, this, &DisplayPanel::automaticChanged);
    for (QDoubleSpinBox* limit : {m_low, m_high})
        connect(limit, &QDoubleSpinBox::valueChanged, this, [this] {
            setAutomatic(false);
            Q_EMIT scaleEdited(scale());
        });
}

QDoubleSpinBox* DisplayPanel::makeLimit(const QString& name, const QString& help)
{
    auto* limit = new QDoubleSpinBox(this);
    limit->setRange(-limitOfValues, limitOfValues);
    limit->setDecimals(1);
    limit->setAccessibleName(name);
    limit->setToolTip(help);
    limit->setKeyboardTracking(false);
    return limit;
}

FrequencyAxis::Scale DisplayPanel::frequencyScale() const
{
    return static_cast<FrequencyAxis::Scale>(m_axes->currentData().toInt());
}

QString DisplayPanel::colourMap() const
{
    return m_maps->currentData().toString();
}

bool DisplayPanel::isAutomatic() const
{
    return m_automatic->isChecked();
}

ColourScale DisplayPanel::scale() const
{
    const auto low = static_cast<float>(m_low->value());
    return {low, std::max(static_cast<float>(m_high->value()), low + leastRange)};
}

void DisplayPanel::setScale(ColourScale scale)
{
    const QSignalBlocker lowBlocked(m_low);
    const QSignalBlocker highBlocked(m_high);
    m_low->setValue(scale.low);
    m_high->setValue(scale.high);
}

void DisplayPanel::setAutomatic(bool automatic)
{
    const QSignalBlocker blocked(m_automatic);
    m_automatic->setChecked(automatic);
}

void DisplayPanel::setUnit(const QString& unit)
{
    for (QDoubleSpinBox* limit : {m_low, m_high})
        limit->setSuffix(QLatin1Char(' ') + unit);
}

} // namespace melscope
