// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/WeightsText.h"

#include "weights/AcceptedWeights.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <map>

namespace melscope {
namespace {

/// A file's own words may be long and must not break the layout.
constexpr int longestText = 300;
constexpr int longestConfiguration = 1500;

struct Weights // the context of the translations
{
    Q_DECLARE_TR_FUNCTIONS(Weights)
};

QString printable(const std::string& utf8)
{
    QString shown = QString::fromStdString(utf8);
    std::replace_if(shown.begin(), shown.end(), [](QChar c) { return !c.isPrint(); }, u'?');
    return shown;
}

QString text(const std::string& utf8)
{
    const QString shown = printable(utf8);
    return shown.size() > longestText ? shown.left(longestText) + QStringLiteral("…") : shown;
}

QString number(int64_t count)
{
    return QLocale().toString(static_cast<qlonglong>(count));
}

/// "encoder_layers 12, conv_pos 128, …" of an object that is not too long for it.
QString metadataText(const Json& value)
{
    const auto dumped = [](const Json& part) { return part.dump(-1, ' ', false, Json::error_handler_t::replace); };
    if (!value.is_object())
        return text(dumped(value));
    QStringList entries;
    for (const auto& [key, entry] : value.items())
        entries << QStringLiteral("%1 %2").arg(printable(key), printable(dumped(entry)));
    const QString shown = entries.join(QStringLiteral(", "));
    return shown.size() > longestConfiguration ? Weights::tr("%n entries", nullptr, static_cast<int>(entries.size())) : shown;
}

QString originText(const WeightIdentity& identity)
{
    if (!identity.release.empty())
        return Weights::tr("the published %1, trained on %2").arg(text(identity.release), QString::fromLatin1(toString(identity.origin)));
    return identity.ours ? Weights::tr("written by Melscope") : Weights::tr("no published file with this SHA-256 is known, so what it was trained on is not");
}

QString tensorsText(const std::vector<WeightTensor>& tensors)
{
    std::map<ElementType, int> counts;
    for (const WeightTensor& tensor : tensors)
        ++counts[tensor.type];
    QStringList types;
    for (const auto& [type, count] : counts)
        types << QStringLiteral("%1 %2").arg(count).arg(QLatin1String(toString(type)));
    return QStringLiteral("%1 (%2)").arg(number(static_cast<int64_t>(tensors.size())), types.join(QStringLiteral(", ")));
}

} // namespace

QString weightsSentence(const WeightIdentity& identity)
{
    QString sentence = Weights::tr("%1: %2.").arg(text(identity.title), originText(identity));
    if (identity.classes > 0)
        sentence += QLatin1Char(' ') + Weights::tr("Its classifier of %1 classes is left out; the new one is trained.").arg(number(identity.classes));
    return sentence;
}

std::vector<std::pair<QString, QString>> weightsRows(const WeightFile& file, const WeightIdentity& identity, const std::filesystem::path& path)
{
    std::vector<std::pair<QString, QString>> rows = {{Weights::tr("File"), QString::fromStdString(path.string())},
                                                     {Weights::tr("What it is"), text(identity.title)},
                                                     {Weights::tr("Comes from"), originText(identity)},
                                                     {Weights::tr("Used for"), text(identity.use)}};
    for (const std::string& warning : identity.warnings)
        rows.emplace_back(Weights::tr("Warning"), text(warning));
    if (!identity.naming.empty())
        rows.emplace_back(Weights::tr("Tensors named as in"), text(identity.naming));
    rows.emplace_back(Weights::tr("Parameters"), number(identity.parameters));
    rows.emplace_back(Weights::tr("Tensors"), tensorsText(file.tensors));
    if (identity.classes > 0)
        rows.emplace_back(Weights::tr("Classes"), number(identity.classes));
    rows.emplace_back(Weights::tr("Format"), QString::fromLatin1(toString(file.container)));
    rows.emplace_back(Weights::tr("SHA-256"), QString::fromStdString(identity.sha256));
    for (const auto& [key, value] : file.metadata.items())
        rows.emplace_back(text(key), metadataText(value));
    for (const std::string& part : file.leftOut)
        rows.emplace_back(Weights::tr("Also there"), Weights::tr("%1, which is left out").arg(text(part)));
    return rows;
}

QString acceptedWeightsText(const std::string& method)
{
    const AcceptedWeights accepted = acceptedWeights(method);
    QStringList models, files;
    for (const std::string& model : accepted.models)
        models << text(model);
    for (auto file = accepted.published.begin(); file != accepted.published.end();) {
        const std::string_view source = file->source; // files of one stand together
        QStringList ofSource;
        for (; file != accepted.published.end() && file->source == source; ++file)
            ofSource << text(std::string(file->file));
        files << Weights::tr("%1 (%2)").arg(ofSource.join(QStringLiteral(", ")), text(std::string(source)));
    }
    if (models.isEmpty())
        return {};
    return Weights::tr("Accepted, as .pt, .pth or .safetensors: %1. Published ones: %2.").arg(models.join(QStringLiteral("; ")), files.join(QStringLiteral("; ")));
}

} // namespace melscope
