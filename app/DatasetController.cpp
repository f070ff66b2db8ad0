// SPDX-License-Identifier: GPL-3.0-or-later
#include "DatasetController.h"

#include "base/Error.h"
#include "common/Deliver.h"
#include "dataset/DemoDataset.h"

#include <QSettings>

#include <atomic>
#include <chrono>
#include <thread>

namespace melscope {
namespace {

constexpr auto recentKey = "datasets/recent";
constexpr int recentCount = 8;

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

bool isCsv(const std::filesystem::path& path)
{
    return path.extension() == ".csv" && std::filesystem::is_regular_file(path);
}

/// Passes progress on at most every 50 ms, and the last one always. Called from several threads by turns.
auto throttled(auto report)
{
    return [report, last = std::make_shared<std::atomic<int64_t>>(0)](int done, int total) {
        const int64_t now = std::chrono::steady_clock::now().time_since_epoch() / std::chrono::milliseconds(1);
        if (done < total && now - last->load() < 50)
            return;
        last->store(now);
        report(done, total);
    };
}

} // namespace

DatasetController::DatasetController(QObject* parent) : QObject(parent)
{
}

QStringList DatasetController::recent() const
{
    return QSettings().value(QLatin1String(recentKey)).toStringList();
}

void DatasetController::remember(const QString& path)
{
    QStringList paths = recent();
    paths.removeAll(path);
    paths.prepend(path);
    while (paths.size() > recentCount)
        paths.removeLast();
    QSettings().setValue(QLatin1String(recentKey), paths);
    Q_EMIT recentChanged(paths);
}

void DatasetController::publish(const QString& path, const std::shared_ptr<const Dataset>& dataset, const OpenOptions& options)
{
    remember(path);
    m_path = path;
    m_dataset = dataset;
    m_options = options;
    m_options.stop = {};
    Q_EMIT idle();
    Q_EMIT opened(dataset);
}

void DatasetController::open(const QString& path, const OpenOptions& options)
{
    Q_EMIT busy(tr("Opening %1").arg(path), 0, 0);
    m_job.request([this, path, given = options, deliver = Deliver(this)](std::stop_token stop) {
        const std::filesystem::path file = path.toStdString();
        OpenOptions options = given;
        options.stop = stop;
        try {
            auto dataset = std::make_shared<const Dataset>(openDataset(file, options));
            deliver([this, path, options, dataset] {
                publish(path, dataset, options);
            });
        } catch (const Error& error) {
            if (error.kind() == ErrorKind::Cancelled) {
                if (!stop.stop_requested())
                    deliver([this] { Q_EMIT idle(); });
                return;
            }
            const QString sentence = text(error.what());
            if (error.kind() == ErrorKind::Format && isCsv(file) && !options.columns) {
                try {
                    deliver([this, path, preview = previewCsv(file)] {
                        Q_EMIT idle();
                        Q_EMIT columnsWanted(path, preview);
                    });
                    return;
                } catch (const std::exception&) {
                    // A CSV of which not even the header can be read: the first sentence says it better.
                }
            }
            deliver([this, sentence] {
                Q_EMIT idle();
                Q_EMIT failed(sentence);
            });
        } catch (const std::exception& error) {
            deliver([this, sentence = text(error.what())] {
                Q_EMIT idle();
                Q_EMIT failed(sentence);
            });
        }
    });
}

void DatasetController::openDemo()
{
    const std::filesystem::path folder = demoFolder();
    const QString path = text(folder.string());
    Q_EMIT busy(tr("Preparing the demo dataset"), 0, 0);
    m_job.request([this, folder, path, deliver = Deliver(this)](std::stop_token stop) {
        try {
            const auto report = throttled([this, deliver](int done, int total) {
                deliver([this, done, total] { Q_EMIT busy(tr("Writing the demo dataset"), done, total); });
            });
            const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
            writeDemoDataset(folder, 0, threads, stop, report);
            auto dataset = std::make_shared<const Dataset>(openDataset(folder));
            deliver([this, path, dataset] {
                publish(path, dataset, {});
            });
        } catch (const std::exception& error) {
            const auto* known = dynamic_cast<const Error*>(&error);
            const bool cancelled = known && known->kind() == ErrorKind::Cancelled;
            if (cancelled && stop.stop_requested())
                return; // whoever overtook this says when it is done
            deliver([this, cancelled, sentence = text(error.what())] {
                Q_EMIT idle();
                if (!cancelled)
                    Q_EMIT failed(sentence);
            });
        }
    });
}

void DatasetController::openRememberedOrDemo()
{
    const QStringList paths = recent();
    if (paths.isEmpty() || paths.first() == text(demoFolder().string()))
        openDemo();
    else
        open(paths.first());
}

void DatasetController::cancel()
{
    m_job.request([this, deliver = Deliver(this)](std::stop_token) { deliver([this] { Q_EMIT idle(); }); });
}

} // namespace melscope
