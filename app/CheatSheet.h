// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace melscope {

/// The keys on one page, opened by `?`.
class CheatSheet : public QDialog
{
    Q_OBJECT

public:
    explicit CheatSheet(QWidget* parent = nullptr);
};

} // namespace melscope
