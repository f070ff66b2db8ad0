// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/AugmentationChain.h"
#include "support/ErrorOf.h"
#include "support/Signals.h"

#include <QtTest>

#include <set>

using namespace melscope;

/// What holds for every augmentation, whatever it does.
class TestCatalogue : public QObject
{
    Q_OBJECT

private:
    static constexpr int rate = 44100;

    static void addEntries()
    {
        QTest::addColumn<QString>("name");
        for (const AugmentationInfo& info : augmentationCatalogue())
            QTest::newRow(info.name.c_str()) << QString::fromStdString(info.name);
    }

    static AugmentationChain chainOf(const AugmentationInfo& info, Json values)
    {
        values["name"] = info.name;
        return AugmentationChain::fromJson({{stageName(info.stage), Json::array({values})}});
    }

    /// Samples or a grid's values, of which `other` is the second clip, after the augmentation under the stream of one clip.
    static std::vector<float> applied(const Augmentation& augmentation, std::vector<float> values, const std::vector<float>& other, uint64_t clip)
    {
        constexpr int mels = 16;
        FrontEnd frontEnd;
        frontEnd.mels = mels;
        RandomStream random({.seed = 4, .clip = clip});
        const auto gridOf = [&](const std::vector<float>& of) {
            SpectrogramGrid grid{.mels = mels, .frames = static_cast<FrameIndex>(of.size()) / mels, .values = of};
            grid.values.resize(static_cast<size_t>(grid.mels * grid.frames));
            return grid;
        };
        if (const auto* onSamples = dynamic_cast<const WaveformAugmentation*>(&augmentation)) {
            onSamples->apply(values, {.sampleRate = rate, .drawClip = [&](RandomStream&) { return shareValues(other); }}, random);
        } else if (const auto* mixing = dynamic_cast<const WaveformMixing*>(&augmentation)) {
            const double share = mixing->mix(values, other, rate, random);
            QTest::qVerify(share >= 0.0 && share <= 1.0, "share in [0, 1]", "", __FILE__, __LINE__);
        } else {
            SpectrogramGrid grid = gridOf(values);
            if (const auto* onGrid = dynamic_cast<const SpectrogramAugmentation*>(&augmentation)) {
                onGrid->apply(grid, frontEnd, random);
            } else {
                const double share = dynamic_cast<const SpectrogramMixing&>(augmentation).mix(grid, gridOf(other), random);
                QTest::qVerify(share >= 0.0 && share <= 1.0, "share in [0, 1]", "", __FILE__, __LINE__);
            }
            grid.values.resize(grid.values.size() + values.size() % mels);
            return grid.values;
        }
        return values;
    }

private Q_SLOTS:
    void namesAreUniqueAndEveryParameterIsExplained()
    {
        std::set<std::string> names;
        for (const AugmentationInfo& info : augmentationCatalogue()) {
            QVERIFY2(names.insert(info.name).second, info.name.c_str());
            QVERIFY2(!info.title.empty() && info.help.ends_with("."), info.name.c_str());
            for (const Parameter& parameter : info.schema.parameters())
                QVERIFY2(!parameter.label.empty() && parameter.help.ends_with("."), (info.name + ": " + parameter.key).c_str());
        }
    }

    void defaultsComeBackThroughJson_data() { addEntries(); }
    void defaultsComeBackThroughJson()
    {
        QFETCH(const QString, name);
        const AugmentationInfo& info = *findAugmentation(name.toStdString());
        for (const Json& values : {info.schema.defaults(), Json::object()}) {
            const Json json = chainOf(info, values).toJson();
            QCOMPARE(AugmentationChain::fromJson(json).toJson().dump(), json.dump());
            for (const Parameter& parameter : info.schema.parameters())
                QCOMPARE(json[stageName(info.stage)][0][parameter.key].dump(), parameter.defaultValue.dump());
        }
    }

    void everyEndOfEveryRangeIsAccepted_data() { addEntries(); }
    void everyEndOfEveryRangeIsAccepted()
    {
        QFETCH(const QString, name);
        const AugmentationInfo& info = *findAugmentation(name.toStdString());
        for (double Parameter::*end : {&Parameter::minimum, &Parameter::maximum}) {
            Json values = info.schema.defaults();
            for (const Parameter& parameter : info.schema.parameters())
                if (parameter.type == Parameter::Type::Real || parameter.type == Parameter::Type::Integer)
                    values[parameter.key] = parameter.*end;
            const AugmentationChain chain = chainOf(info, values);
            for (const float value : applied(*chain.entries(info.stage).front().augmentation, test::noise(3000), test::sine(400.0, rate, 3000), 0))
                QVERIFY(std::isfinite(value));
        }
    }

    void rangesThatContradictThemselvesAreRefusedByName_data() { addEntries(); }
    void rangesThatContradictThemselvesAreRefusedByName()
    {
        QFETCH(const QString, name);
        const AugmentationInfo& info = *findAugmentation(name.toStdString());
        for (const Parameter& parameter : info.schema.parameters()) {
            if (!parameter.key.starts_with("min_"))
                continue;
            const std::string high = "max_" + parameter.key.substr(4);
            const Parameter* const other = info.schema.find(high);
            QVERIFY2(other, high.c_str());
            const auto error = test::errorOf([&] { chainOf(info, {{parameter.key, parameter.maximum}, {high, other->minimum}}); });
            QVERIFY(error);
            QCOMPARE(error->kind(), ErrorKind::InvalidValue);
            QVERIFY2(QByteArray(error->what()).contains(parameter.key.c_str()) && QByteArray(error->what()).contains(high.c_str()), error->what());
        }
    }

    void anyClipYieldsFiniteValuesAndKeepsItsLength_data() { addEntries(); }
    void anyClipYieldsFiniteValuesAndKeepsItsLength()
    {
        QFETCH(const QString, name);
        const AugmentationInfo& info = *findAugmentation(name.toStdString());
        const AugmentationChain chain = chainOf(info, Json::object());
        const Augmentation& augmentation = *chain.entries(info.stage).front().augmentation;
        const std::vector<float> silence(5000, 0.0f);
        const std::vector<float> sine = test::sine(440.0, rate, 5 * rate, 0.5);
        for (const auto& [clip, other] : std::vector<std::pair<std::vector<float>, std::vector<float>>>{
                 {silence, silence}, {silence, test::noise(5000)}, {test::noise(5000), silence}, {{0.3f}, {-0.2f}}, {{}, {}},
                 {test::noise(17), test::noise(17)}, {sine, test::noise(sine.size())}}) {
            for (uint64_t draw = 0; draw < 5; ++draw) {
                const std::vector<float> after = applied(augmentation, clip, other, draw);
                QCOMPARE(after.size(), clip.size());
                QVERIFY(std::ranges::all_of(after, [](float value) { return std::isfinite(value); }));
            }
        }
    }

    void drawsDependOnTheStreamAlone_data() { addEntries(); }
    void drawsDependOnTheStreamAlone()
    {
        QFETCH(const QString, name);
        const AugmentationInfo& info = *findAugmentation(name.toStdString());
        const AugmentationChain one = chainOf(info, Json::object());
        const AugmentationChain two = chainOf(info, Json::object());
        const auto draw = [&](const AugmentationChain& chain, uint64_t clip) {
            return applied(*chain.entries(info.stage).front().augmentation, test::noise(20000), test::sine(440.0, rate, 20000), clip);
        };
        const std::vector<float> first = draw(one, 7);
        for (uint64_t clip = 0; clip < 4; ++clip)
            draw(one, clip);
        QVERIFY(draw(one, 7) == first);
        QVERIFY(draw(two, 7) == first);
        bool differs = info.name == "polarity" || info.name == "reverse"; // nothing to draw
        for (uint64_t clip = 8; clip < 16; ++clip)
            differs = differs || draw(one, clip) != first;
        QVERIFY(differs);
    }
};

QTEST_APPLESS_MAIN(TestCatalogue)
#include "tst_catalogue.moc"
