// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Threads.h"
#include "spectrogram/TimeWindow.h"

#include <QObject>

#include <filesystem>
#include <memory>

namespace melscope {

class Player;

/// Plays a moment of a file with a little of what is before and after it. The file is read on a job; a newer wish overtakes an older
/// one. Thread: the GUI's.
class ExcerptPlayer : public QObject
{
    Q_OBJECT

public:
    static constexpr double context = 0.4; ///< seconds, before and after
    static constexpr double fade = 0.01;   ///< seconds at both ends, against clicks

    explicit ExcerptPlayer(std::unique_ptr<Player> player, QObject* parent = nullptr);
    ~ExcerptPlayer() override;

    void play(const std::filesystem::path& file, const TimeSpan& moment);
    void stop();
    Player& player() const { return *m_player; }

Q_SIGNALS:
    void started();
    void failed(const QString& sentence);

private:
    std::unique_ptr<Player> m_player;
    int m_number = 0; // of the newest wish
    LatestJob m_job;  // last: joined before the rest goes
};

} // namespace melscope
