// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/ChainText.h"

#include "common/NumberText.h"

#include <QCoreApplication>
#include <QStringList>

namespace melscope {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ChainText", text);
}

QString valueText(const Parameter& parameter, const Json& value)
{
    QString text;
    if (value.is_boolean())
        text = value.get<bool>() ? tr("yes") : tr("no");
    else if (value.is_string())
        text = QString::fromStdString(value.get<std::string>());
    else
        text = withMinus(QString::number(value.get<double>(), 'g', 4));
    return parameter.unit.empty() ? text : text + QChar(QChar::Nbsp) + QString::fromStdString(parameter.unit);
}

/// A pair min_x, max_x, as ParameterRange has them.
bool isRange(const Parameter& low, const Parameter& high)
{
    return low.key.starts_with("min_") && high.key.starts_with("max_") && low.key.substr(4) == high.key.substr(4) && !high.advanced
        && low.label.find(' ') != std::string::npos;
}

} // namespace

QString stageTitle(AugmentationStage stage)
{
    switch (stage) {
    case AugmentationStage::Waveform:
        return tr("Waveform");
    case AugmentationStage::Spectrogram:
        return tr("Spectrogram");
    case AugmentationStage::Mix:
        return tr("Mixing");
    }
    return {};
}

QString stagePlace(AugmentationStage stage)
{
    switch (stage) {
    case AugmentationStage::Waveform:
        return tr("first, on the samples");
    case AugmentationStage::Spectrogram:
        return tr("then, on the mel bands");
    case AugmentationStage::Mix:
        return tr("a second clip and its label");
    }
    return {};
}

QString stageNote(AugmentationStage stage)
{
    switch (stage) {
    case AugmentationStage::Waveform:
        return tr("Acts on the samples, one after the other, before the spectrogram is computed. Masks and other changes of the picture "
                  "cannot stand here: there is no picture yet.");
    case AugmentationStage::Spectrogram:
        return tr("Acts on the mel bands over time, one after the other, before they are normalised. What needs the sound itself cannot stand "
                  "here: it is gone by now, so nothing of this stage can be heard.");
    case AugmentationStage::Mix:
        return tr("Adds a second clip of the training folds, and its label by its share; test-time views leave it out. At most one acts on an "
                  "example: the first of the list whose probability says so. What changes one clip alone cannot stand here.");
    }
    return {};
}

QString valuesText(const ChainEntry& entry)
{
    QStringList parts;
    const std::vector<Parameter>& all = entry.info->schema.parameters();
    for (size_t i = 0; i < all.size(); ++i) {
        if (all[i].advanced)
            continue;
        const QString label = QString::fromStdString(all[i].label);
        if (i + 1 < all.size() && isRange(all[i], all[i + 1])) {
            // "Lowest gain" and "Highest gain" are one range: its name is what follows the first word.
            QString name = label.section(QLatin1Char(' '), 1);
            name[0] = name[0].toUpper();
            const QString low = withMinus(QString::number(entry.values.at(all[i].key).get<double>(), 'g', 4));
            parts << tr("%1 %2 to %3").arg(name, low, valueText(all[i + 1], entry.values.at(all[i + 1].key)));
            ++i;
        } else {
            parts << label + QLatin1Char(' ') + valueText(all[i], entry.values.at(all[i].key));
        }
    }
    return parts.join(QStringLiteral(" · "));
}

QString stepsText(const AugmentationChain& chain)
{
    QStringList lines;
    for (const AugmentationStage stage : {AugmentationStage::Waveform, AugmentationStage::Spectrogram, AugmentationStage::Mix})
        for (const ChainEntry& entry : chain.entries(stage))
            if (canAct(entry))
                lines << tr("%1 (%2): %3").arg(QString::fromStdString(entry.info->title), probabilityText(entry.probability), valuesText(entry));
    return lines.isEmpty() ? tr("Nothing is augmented") : lines.join(QLatin1Char('\n'));
}

QString probabilityText(double probability)
{
    return tr("%1 %").arg(QString::number(100.0 * probability, 'g', 3));
}

} // namespace melscope
