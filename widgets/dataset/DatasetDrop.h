// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QMimeData;

namespace melscope {

/// The one local folder or CSV table in what is dragged; empty where there is none, or more than one thing.
QString datasetPathOf(const QMimeData& data);

} // namespace melscope
