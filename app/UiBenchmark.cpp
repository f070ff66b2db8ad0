// SPDX-License-Identifier: GPL-3.0-or-later
#include "AugmentPerspective.h"
#include "DatasetController.h"
#include "ExplorePerspective.h"
#include "MainWindow.h"
#include "MapBenchmark.h"
#include "ManyRuns.h"
#include "RunsController.h"
#include "TokensBenchmark.h"
#include "TokensPerspective.h"
#include "Workbench.h"
#include "augment/AugmentPage.h"
#include "augment/ChainEditor.h"
#include "base/Files.h"
#include "base/Json.h"
#include "dataset/ClipBrowser.h"
#include "dataset/DatasetPage.h"
#include "dataset/DemoDataset.h"
#include "plot/CurvePlot.h"
#include "results/PredictionsPanel.h"
#include "results/ResultsPage.h"
#include "spectrogram/ClipPage.h"
#include "tokens/TokenMapPane.h"
#include "tokens/TokenPage.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QEventLoop>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>

namespace melscope {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

double percentile(std::vector<double> values, double share)
{
    if (values.empty())
        return -1.0;
    std::sort(values.begin(), values.end());
    return values[static_cast<size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
}

double residentMegabytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:"))
            return std::stod(line.substr(6)) / 1024.0;
    return -1.0;
}

void processEventsFor(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

/// Runs the event loop until `signal` or the time is up; false for the latter.
bool await(auto* sender, auto signal, int milliseconds)
{
    QEventLoop loop;
    bool arrived = false;
    const auto connection = QObject::connect(sender, signal, &loop, [&] {
        arrived = true;
        loop.quit();
    });
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
    QObject::disconnect(connection);
    return arrived;
}

/// How long the event loop was away: gaps between beats of a 1 ms timer, less that millisecond.
class HeartBeat : public QObject
{
public:
    HeartBeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            m_gaps.push_back(millisecondsSince(m_last) - 1.0);
            m_last = Clock::now();
        });
        m_timer.start();
    }
    const std::vector<double>& gaps() const { return m_gaps; }

private:
    QTimer m_timer;
    Clock::time_point m_last = Clock::now();
    std::vector<double> m_gaps;
};

class UiBenchmark
{
public:
    UiBenchmark(const fs::path& folder, bool json) : m_folder(folder), m_json(json) {}

    int run()
    {
        writeDemoDataset(m_folder / "demo");
        writeLargeDataset(2000);
        measureStart();
        measureRepaint("idle", 60);
        measureAugment("idle", 60);
        measureTokenMap();
        measureCurves();
        measureManyRuns();
        measureMap();
        const bool trained = measureWhileTraining();
        m_window.reset();
        return trained ? 0 : 1;
    }

private:
    void print(const Json& line) const
    {
        const std::string text = m_json ? line.dump() : humanText(line);
        std::printf("%s\n", text.c_str());
        std::fflush(stdout);
    }

    static std::string humanText(const Json& line)
    {
        std::string text;
        for (const auto& [key, value] : line.items())
            text += (text.empty() ? "" : "  ") + (key == "bench" ? value.get<std::string>() : key + " " + value.dump());
        return text;
    }

    /// An ESC-50-sized folder whose files are links to the demo's clips.
    void writeLargeDataset(int clips) const
    {
        const fs::path root = m_folder / "large";
        fs::create_directories(root / "audio");
        std::vector<fs::path> sources;
        for (const auto& entry : fs::directory_iterator(m_folder / "demo" / "audio"))
            sources.push_back(entry.path());
        std::sort(sources.begin(), sources.end());
        std::string table = "filename,fold,target,category,esc10,src_file,take\n";
        for (int i = 0; i < clips; ++i) {
            const fs::path& source = sources[static_cast<size_t>(i) % sources.size()];
            const std::string name = std::to_string(i) + source.extension().string();
            fs::create_symlink(source, root / "audio" / name);
            table += name + "," + std::to_string(i % 5 + 1) + "," + std::to_string(i % 50) + ",class" + std::to_string(i % 50) + ",False,"
                + std::to_string(i) + ",A\n";
        }
        writeFileAtomically(root / "meta" / "esc50.csv", table);
    }

    void measureStart()
    {
        const auto start = Clock::now();
        m_window = std::make_unique<MainWindow>(m_folder / "runs");
        m_window->resize(1280, 720);
        m_window->show();
        m_window->datasets().open(QString::fromStdString((m_folder / "large").string()));
        await(&m_window->datasets(), &DatasetController::opened, 20'000);
        QApplication::processEvents();
        m_window->grab();
        const double usable = millisecondsSince(start);
        processEventsFor(5000); // the scan and the first thumbnails
        print({{"bench", "ui"}, {"what", "window usable, 2,000 clips remembered"}, {"milliseconds", usable}});
        print({{"bench", "ui"}, {"what", "memory idle, 2,000 clips open"}, {"megabytes", residentMegabytes()}});
    }

    void measureRepaint(const char* when, int changes)
    {
        m_window->show(MainWindow::Perspective::Explore);
        ClipPage& page = m_window->explore().clipPage();
        m_window->explore().datasetPage().setCurrentClip(m_nextClip++);
        if (!await(&page, &ClipPage::spectrogramPainted, 20'000))
            std::fprintf(stderr, "The spectrogram was not painted within 20 s (%s).\n", when);
        std::vector<double> latencies;
        const auto connection = QObject::connect(&page, &ClipPage::spectrogramPainted, &page, [&](double ms) { latencies.push_back(ms); });
        const HeartBeat heart;
        for (int i = 0; i < changes; ++i) {
            const FrontEnd frontEnd = page.frontEnd().with("f_max", 12'000.0 + 100.0 * i);
            page.setFrontEnd(frontEnd);
            await(&page, &ClipPage::spectrogramPainted, 5000);
        }
        QObject::disconnect(connection);
        printLatencies("parameter moved to spectrogram painted", when, latencies);
        print({{"bench", "ui"}, {"what", "event loop stall"}, {"when", when}, {"p99_milliseconds", percentile(heart.gaps(), 0.99)},
               {"longest_milliseconds", percentile(heart.gaps(), 1.0)}});
    }

    /// A value of the chain moves, as under a slider: samples, spectrogram, difference and their pictures follow.
    void measureAugment(const char* when, int changes)
    {
        const auto chain = [](int change) {
            return AugmentationChain::fromJson({{"waveform", {{{"name", "gain"}, {"max_gain", 6.0 + 0.1 * change}}}},
                                                {"spectrogram", {{{"name", "time_roll"}}, {{"name", "spec_augment"}}}}});
        };
        AugmentPage& page = m_window->augment().page();
        std::vector<double> latencies;
        m_window->show(MainWindow::Perspective::Augment);
        m_window->augment().editor().setChain({.chain = chain(-1)});
        if (!await(&page, &AugmentPage::previewPainted, 20'000))
            std::fprintf(stderr, "The augmentation preview was not painted within 20 s (%s).\n", when);
        const auto connection = QObject::connect(&page, &AugmentPage::previewPainted, &page, [&](double ms) { latencies.push_back(ms); });
        for (int i = 0; i < changes; ++i) {
            page.setChain(chain(i));
            await(&page, &AugmentPage::previewPainted, 5000);
        }
        QObject::disconnect(connection);
        printLatencies("augmentation parameter moved to pictures painted", when, latencies);
    }

    void measureTokenMap()
    {
        const auto set = benchmarkTokens(*m_window->datasets().dataset());
        const auto start = Clock::now();
        const auto loaded = loadTokens(set);
        print({{"bench", "ui"}, {"what", "2,000 clips x 496 tokens counted and sorted by code, on a worker"}, {"milliseconds", millisecondsSince(start)}});
        m_window->show(MainWindow::Perspective::Tokens);
        TokensPerspective& tokens = m_window->tokens();
        tokens.setTokens(loaded);
        if (!await(&tokens.page().map(), &TokenMapPane::painted, 20'000))
            std::fprintf(stderr, "The token map was not painted within 20 s.\n");
        const TokenLatencies latencies = measureTokens(tokens);
        printLatencies("pointer over another token to all views painted", "k = 1,024", latencies.hover);
        const AtlasLatencies atlas = measureAtlas(loaded);
        printLatencies("codebook atlas of 1,100 x 560 painted", "k = 1,024, all in sight", atlas.whole);
        printLatencies("codebook atlas of 1,100 x 560 painted", "k = 1,024, zoomed in, with patches", atlas.zoomed);
        printLatencies("code chosen to its places listed", "k = 1,024, commonest first", latencies.choose);
        print({{"bench", "ui"}, {"what", "places of the commonest code listed"}, {"places", loaded->occurrences->places(0).size()},
               {"milliseconds", latencies.choose.front()}});
    }

    void printLatencies(const char* what, const char* when, const std::vector<double>& latencies) const
    {
        print({{"bench", "ui"}, {"what", what}, {"when", when}, {"count", latencies.size()},
               {"p50_milliseconds", percentile(latencies, 0.5)}, {"p95_milliseconds", percentile(latencies, 0.95)}});
    }

    void measureCurves() const
    {
        CurvePlot plot(QStringLiteral("loss"));
        plot.resize(1200, 600);
        for (int curve = 0; curve < 100; ++curve) {
            const CurveId id{.run = std::to_string(curve), .fold = 1, .quantity = "loss"};
            plot.setCurve(id, {.name = QString::number(curve), .colour = QColor::fromHsv(curve * 359 / 100, 200, 200)});
            std::vector<CurveSample> samples(100'000);
            for (size_t i = 0; i < samples.size(); ++i) {
                samples[i].step = samples[i].seconds = static_cast<double>(i);
                samples[i].value = curve + static_cast<double>((i * 2654435761u) % 1000) / 1000.0;
            }
            plot.append(id, samples);
        }
        plot.show();
        plot.fit();
        plot.redrawNow();
        std::vector<double> times;
        for (int i = 0; i < 15; ++i) {
            const auto start = Clock::now();
            plot.redrawNow();
            times.push_back(millisecondsSince(start));
        }
        print({{"bench", "ui"}, {"what", "repaint of 100 curves x 100,000 points"}, {"p50_milliseconds", percentile(times, 0.5)},
               {"p95_milliseconds", percentile(times, 0.95)}});
    }

    /// The Results page over a store of 2,000 runs, from the window's making to the whole table.
    void measureManyRuns() const
    {
        writeManyRuns(m_folder / "many", 2000);
        const auto start = Clock::now();
        MainWindow window(m_folder / "many");
        window.resize(1280, 720);
        window.show(MainWindow::Perspective::Results);
        window.show();
        const HeartBeat heart;
        int tables = 0, expected = 0;
        QObject::connect(&window.runs(), &RunsController::rowsLoaded, &window, [&] { ++tables; });
        for (const char* what : {"2,000 runs: the table seen", "2,000 runs: all its figures seen"}) {
            if (tables < ++expected && !await(&window.runs(), &RunsController::rowsLoaded, 60'000))
                std::fprintf(stderr, "Not there within 60 s: %s\n", what);
            QApplication::processEvents();
            window.grab();
            print({{"bench", "ui"}, {"what", what}, {"milliseconds", millisecondsSince(start)}});
        }
        print({{"bench", "ui"}, {"what", "event loop stall"}, {"when", "2,000 runs are opened"}, {"p99_milliseconds", percentile(heart.gaps(), 0.99)},
               {"longest_milliseconds", percentile(heart.gaps(), 1.0)}});
        measurePredictions(window);
    }

    /// From choosing a run to its matrix and clips on the screen.
    void measurePredictions(MainWindow& window) const
    {
        std::vector<double> latencies;
        auto* runs = window.results().predictions()->findChild<QComboBox*>(QStringLiteral("run"));
        for (int i = 1; i <= 20; ++i) {
            const auto start = Clock::now();
            runs->setCurrentIndex(i * 97);
            await(&window.runs(), &RunsController::predictionsLoaded, 5000);
            window.grab();
            latencies.push_back(millisecondsSince(start));
        }
        printLatencies("another of 2,000 runs chosen to its predictions seen", "idle", latencies);
        const auto start = Clock::now();
        runs->showPopup();
        runs->view()->grab();
        print({{"bench", "ui"}, {"what", "list of 2,000 runs to choose from seen"}, {"milliseconds", millisecondsSince(start)}});
        runs->hidePopup();
    }

    void measureMap() const
    {
        const MapLatencies latencies = measureEmbeddingMap();
        print({{"bench", "ui"}, {"what", "t-SNE of 2,000 clips x 512 features, 2 threads"}, {"seconds", latencies.tSneSeconds}});
        printLatencies("embedding map of 2,000 clips drawn anew", "idle", latencies.draw);
        printLatencies("pointer on the embedding map to painted", "idle", latencies.hover);
    }

    bool measureWhileTraining()
    {
        m_window->datasets().open(QString::fromStdString((m_folder / "demo").string()));
        await(&m_window->datasets(), &DatasetController::opened, 20'000);
        bool training = false;
        QEventLoop loop;
        const auto connection = QObject::connect(&m_window->runs(), &RunsController::reported, &loop, [&](const TrainingReport& report) {
            training = report.state == RunState::Running && report.step > 0;
            if (training || isEnded(report.state)) {
                if (!training)
                    std::fprintf(stderr, "Training did not start: %s\n", report.message.c_str());
                loop.quit();
            }
        });
        m_window->runs().start({.dataset = m_window->datasets().dataset(), .recipe = findRecipe("resnet34-quick"), .folds = {1}});
        QTimer::singleShot(120'000, &loop, &QEventLoop::quit);
        loop.exec();
        QObject::disconnect(connection);
        if (!training)
            return false;
        m_nextClip = 1;
        measureRepaint("training on all cores", 60);
        measureAugment("training on all cores", 60);
        m_window->runs().saveAndLeave();
        await(&m_window->runs(), &RunsController::left, 60'000);
        return true;
    }

    fs::path m_folder;
    bool m_json;
    int m_nextClip = 1; // the first one is shown from the start
    std::unique_ptr<MainWindow> m_window;
};

} // namespace

int benchUi(int argc, char** argv, bool json)
{
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString();
    qputenv("MELSCOPE_DATA_DIR", QByteArray::fromStdString(path + "/data"));
    qputenv("MELSCOPE_CACHE_DIR", QByteArray::fromStdString(path + "/cache"));
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
    QApplication application(argc, argv);
    setUpApplication(application);
    return UiBenchmark(path, json).run();
}

} // namespace melscope
