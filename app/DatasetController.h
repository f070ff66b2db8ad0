// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Threads.h"
#include "dataset/Dataset.h"

#include <QObject>
#include <QStringList>

#include <memory>

namespace melscope {

/// Opens datasets on a worker and remembers the recent ones. Lives on the GUI thread and never waits there; a newer wish
/// overtakes an older one.
class DatasetController : public QObject
{
    Q_OBJECT

public:
    explicit DatasetController(QObject* parent = nullptr);

    const std::shared_ptr<const Dataset>& dataset() const { return m_dataset; } ///< nullptr before the first one
    const QString& path() const { return m_path; }           ///< what was opened: a folder or a CSV file
    const OpenOptions& options() const { return m_options; } ///< with which it was opened
    QStringList recent() const; ///< newest first; folders and CSV files

    void open(const QString& path, const OpenOptions& options = {});
    void openDemo();           ///< writes the demo dataset first where it is not complete
    void openRememberedOrDemo();
    void cancel();             ///< what is being opened or written

Q_SIGNALS:
    void opened(std::shared_ptr<const melscope::Dataset> dataset);
    void columnsWanted(QString path, melscope::CsvPreview preview); ///< a CSV whose columns need a person
    void failed(QString sentence);
    void busy(QString what, int done, int total); ///< total 0: unknown
    void idle();
    void recentChanged(QStringList recent);

private:
    void remember(const QString& path);
    void publish(const QString& path, const std::shared_ptr<const Dataset>& dataset, const OpenOptions& options);

    std::shared_ptr<const Dataset> m_dataset;
    QString m_path;
    OpenOptions m_options;
    LatestJob m_job; // last: stops before the rest goes
};

} // namespace melscope
