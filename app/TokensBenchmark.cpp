// SPDX-License-Identifier: GPL-3.0-or-later
#include "TokensBenchmark.h"

#include "TokensPerspective.h"
#include "base/RandomStream.h"
#include "tokens/CodeAtlas.h"
#include "tokens/CurrentCode.h"
#include "tokens/TokenMapPane.h"
#include "tokens/TokenMapView.h"
#include "tokens/TokenPage.h"

#include <QApplication>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

namespace melscope {
namespace {

/// Until the events that `act` caused, paints among them, are done.
double millisecondsOf(auto act)
{
    const auto start = std::chrono::steady_clock::now();
    act();
    QApplication::sendPostedEvents();
    QApplication::processEvents();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

} // namespace

std::shared_ptr<const TokenSet> benchmarkTokens(const Dataset& dataset)
{
    constexpr int codes = 1024;
    constexpr double skew = 3.0; // an eighth of all tokens have one of the two commonest codes
    Tokenizer tokenizer{.name = "benchmark, 1,024 codes", .frontEnd = FrontEnd::preset("esc").with(Json{{"hop", 222}}), .patch = {16, 16}};
    tokenizer.bands = {.mean = std::vector<float>(128, -40.0f), .deviation = std::vector<float>(128, 15.0f)};
    RandomStream random({.seed = 1, .epoch = 0, .clip = 0, .index = 0});
    std::vector<float> centres(static_cast<size_t>(codes) * 256);
    for (float& value : centres)
        value = static_cast<float>(random.normal());
    tokenizer.codebook = Codebook::ofCentroids(Codebook::Kind::KMeans, std::move(centres), 256);
    TokenSet set = silentTokenSet(tokenizer, dataset, std::nullopt);
    for (size_t i = 0; i < set.tokens.size(); ++i) {
        set.tokens[i] = static_cast<int32_t>(std::pow(random.uniform(0.0, 1.0), skew) * codes);
        set.distances[i] = static_cast<float>(random.uniform(0.0, 20.0));
    }
    for (float& value : set.meanPatches)
        value = static_cast<float>(random.uniform(-2.0, 3.0));
    return std::make_shared<const TokenSet>(std::move(set));
}

AtlasLatencies measureAtlas(const std::shared_ptr<const LoadedTokens>& tokens)
{
    CurrentCode current;
    CodeAtlas atlas(current);
    atlas.resize(1100, 560);
    atlas.setTokens(tokens);
    const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    atlas.setMap(std::make_shared<const CodeMap>(codeMap(tokens->set->tokenizer.codebook, tokens->statistics->usage, threads)));
    const QPointF middle(atlas.width() / 2.0, atlas.height() / 2.0);
    const auto wheel = [&](int steps) {
        QWheelEvent event(middle, atlas.mapToGlobal(middle), {}, {0, 120 * steps}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&atlas, &event);
    };
    AtlasLatencies latencies;
    for (int repeat = 0; repeat < 50; ++repeat) {
        atlas.fit(); // forgets what was painted
        latencies.whole.push_back(millisecondsOf([&] { atlas.grab(); }));
        wheel(8); // 1.2 to the 8th: 4.3 times as large
        latencies.zoomed.push_back(millisecondsOf([&] { atlas.grab(); }));
    }
    return latencies;
}

TokenLatencies measureTokens(TokensPerspective& perspective)
{
    TokenLatencies latencies;
    TokenMapView& view = perspective.page().map().view();
    const int tokens = perspective.tokens()->set->layout.size();
    for (int step = 0; step < 200; ++step) {
        const QPointF point = view.rectOf(step * 37 % tokens).center();
        latencies.hover.push_back(millisecondsOf([&] {
            QMouseEvent move(QEvent::MouseMove, point, view.mapToGlobal(point), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
            QApplication::sendEvent(&view, &move);
        }));
    }
    perspective.current().hover(CurrentCode::none);
    for (int code = 0; code < 50; ++code)
        latencies.choose.push_back(millisecondsOf([&] { perspective.current().choose(code); }));
    return latencies;
}

} // namespace melscope
