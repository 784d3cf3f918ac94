import type { Texts } from '../text.ts'

export const metricsMessages = {
  // why a file cannot be read at all
  'metrics.file.empty': { zh: '文件是空的', en: 'The file is empty' },
  'metrics.file.tooLarge': {
    zh: '文件超过 {megabytes} MB，请分成几份再导入',
    en: 'The file is larger than {megabytes} MB; import it in parts',
  },
  'metrics.file.oldExcel': {
    zh: '这是旧版 .xls 或带密码的表格。请在 Excel 或 WPS 里打开，另存为不带密码的 .xlsx 再导入',
    en: 'This is an old .xls file or one with a password. Open it in Excel or WPS, save it as .xlsx without a password, then import it',
  },
  'metrics.file.notATable': {
    zh: '这不是表格文件。请导入后台导出的 .xlsx 或 .csv',
    en: 'This is not a table. Import the .xlsx or .csv file the back office exported',
  },
  'metrics.file.damaged': {
    zh: '表格打不开，可能没有下载完整。请重新导出，或在 Excel 里另存为 .xlsx 再导入',
    en: 'The workbook cannot be opened; the download may be incomplete. Export it again, or save it as .xlsx in Excel and import that',
  },
  'metrics.file.tooHeavy': {
    zh: '表格解开后过大或结构异常，已拒绝。请只保留需要的工作表，另存为 CSV 再导入',
    en: 'The workbook unpacks to too much or is oddly built, so it was refused. Keep only the sheet you need, save it as CSV and import that',
  },
  'metrics.file.tooManyRows': {
    zh: '超过 {rows} 行，请按月份分成几份再导入',
    en: 'More than {rows} rows; import it in parts, month by month',
  },
  'metrics.file.noHeader': {
    zh: '没有找到表头，缺少这些列：{columns}',
    en: 'The header row was not found; these columns are missing: {columns}',
  },
  'metrics.file.noRows': {
    zh: '表头下面没有数据',
    en: 'There is nothing below the header row',
  },
  'metrics.file.is.douyin_works': {
    zh: '这看起来是抖音作品列表，请换成对应的导入类型',
    en: 'This looks like a Douyin works list; choose that kind of import',
  },
  'metrics.file.is.xiaohongshu_notes': {
    zh: '这看起来是小红书笔记列表，请换成对应的导入类型',
    en: 'This looks like a Xiaohongshu notes list; choose that kind of import',
  },
  'metrics.file.is.visits': {
    zh: '这看起来是就诊记录，请换成对应的导入类型',
    en: 'This looks like a list of visits; choose that kind of import',
  },
  'metrics.file.is.orders': {
    zh: '这看起来是服务包订单，请换成对应的导入类型',
    en: 'This looks like a list of package orders; choose that kind of import',
  },
  'metrics.file.is.costs': {
    zh: '这看起来是费用表，请换成对应的导入类型',
    en: 'This looks like a cost sheet; choose that kind of import',
  },
  // who may import what
  'metrics.import.patientsByAdvisor': {
    zh: '就诊记录和订单由健康顾问或管理员导入',
    en: 'Visits and orders are imported by an advisor or an administrator',
  },
  'metrics.import.figuresByOperator': {
    zh: '作品数据和费用表由内容运营或管理员导入',
    en: 'Works and costs are imported by an operator or an administrator',
  },
  'metrics.import.patientRows': {
    zh: '患者相关的逐行结果只对健康顾问和管理员开放',
    en: 'Rows about patients are open to advisors and administrators only',
  },
  'metrics.import.figureRows': {
    zh: '作品和费用的逐行结果对内容运营、负责人和管理员开放',
    en: 'Rows of works and costs are open to operators, managers and administrators',
  },
  'metrics.import.fileNeeded': { zh: '请选择要导入的文件', en: 'Choose a file to import' },
  'metrics.import.accountNeeded': {
    zh: '请选择这份导出属于哪个平台账号',
    en: 'Choose the account this export belongs to',
  },
  'metrics.import.accountPlatform': {
    zh: '「{name}」不是这类导出所属平台的账号',
    en: '“{name}” is not an account of the platform this kind of export comes from',
  },
  'metrics.import.asOfFuture': {
    zh: '数据截止时间不能晚于现在',
    en: 'The figures’ own date cannot lie in the future',
  },
  // what a person may answer to a row that waits
  'metrics.answer.notWaiting': {
    zh: '这一行不需要人工确认',
    en: 'This row does not wait for a person',
  },
  'metrics.answer.done': {
    zh: '{who} 在 {when} 已经确认过这一行',
    en: '{who} answered this row at {when}',
  },
  'metrics.answer.works': {
    zh: '作品要么对应到一个发布单，要么确认不是我们的',
    en: 'A work is bound to a publication, or is none of ours',
  },
  'metrics.answer.reading': {
    zh: '这一行只能确认无误，或不计入',
    en: 'This row can only be accepted or left out',
  },
  'metrics.answer.nothingToReplace': {
    zh: '这一行没有可以替换的旧数据',
    en: 'There is nothing earlier for this row to replace',
  },
  'metrics.answer.choose': { zh: '请先选一条发布单', en: 'Choose a publication first' },
  'metrics.answer.otherAccount': {
    zh: '这个发布单不属于这份导出的账号，或没有发出',
    en: 'This publication is not of the export’s account, or never went out',
  },
  'metrics.answer.taken': {
    zh: '这份文件的第 {row} 行已经对应到这个发布单',
    en: 'Row {row} of this file is already bound to this publication',
  },
  'metrics.answer.noVisit': {
    zh: '还没有找到这笔退费对应的就诊；先导入那次就诊，或选择不计入',
    en: 'The visit of this refund has not been found; import that visit first, or leave the row out',
  },
  // what became of a row
  'metrics.row.duplicate': {
    zh: '与第 {row} 行完全相同，只算一次',
    en: 'Exactly the same as row {row}; counted once',
  },
  'metrics.row.nearDuplicate': {
    zh: '与第 {row} 行只是写法不同（日期、空格或标注），只算一次',
    en: 'The same as row {row} in another spelling (date, spaces or a remark); counted once',
  },
  'metrics.row.markedRepeat': {
    zh: '标注为重复录入，与第 {row} 行是同一次，只算一次',
    en: 'Marked as entered twice; the same as row {row}, counted once',
  },
  'metrics.row.sameDayAgain': {
    zh: '同一人同一天在同一科室还有第 {row} 行，费用或来源不同，按两次计',
    en: 'The same person has row {row} on this day in this department with another fee or source; counted as two',
  },
  'metrics.row.test': { zh: '测试数据，不计入', en: 'A test row; left out' },
  'metrics.row.total': { zh: '合计行，不计入', en: 'A row of totals; left out' },
  'metrics.row.otherInstitution': {
    zh: '属于别的机构，不导入',
    en: 'Belongs to another institution; not imported',
  },
  'metrics.row.missing': { zh: '缺少「{column}」', en: '“{column}” is missing' },
  'metrics.row.unreadable': {
    zh: '「{column}」读不出来',
    en: '“{column}” cannot be read',
  },
  'metrics.row.impossibleDate': {
    zh: '「{column}」写的是 {text}，没有这一天',
    en: '“{column}” says {text}; there is no such day',
  },
  'metrics.row.futureDate': {
    zh: '「{column}」写的是 {text}，晚于数据截止日',
    en: '“{column}” says {text}, later than the figures’ own date',
  },
  'metrics.row.futureDateGuess': {
    zh: '「{column}」写的是 {text}，像是 {guess} 写错了，请确认',
    en: '“{column}” says {text}, which looks like a slip for {guess}; please confirm',
  },
  'metrics.row.metricUnreadable': {
    zh: '「{column}」读不出来，按未知处理',
    en: '“{column}” cannot be read; kept as unknown',
  },
  'metrics.row.letterInAmount': {
    zh: '「{column}」写的是 {text}，数字里混进了字母，像是 {guess}，请确认',
    en: '“{column}” says {text}: a letter among the digits. It looks like {guess}; please confirm',
  },
  'metrics.row.formulaText': {
    zh: '「{column}」以公式符号开头，已去掉',
    en: '“{column}” began with a formula sign, which was removed',
  },
  'metrics.row.phoneRepaired': {
    zh: '手机号去掉了国家码、空格或全角字符',
    en: 'The phone number was cleaned of a country code, spaces or full-width digits',
  },
  'metrics.row.phone.empty': {
    zh: '没有手机号，不能与潜客对上',
    en: 'No phone number; cannot be matched to a lead',
  },
  'metrics.row.phone.masked': {
    zh: '手机号打了星号，不能与潜客对上',
    en: 'The phone number is masked; cannot be matched to a lead',
  },
  'metrics.row.phone.scientific': {
    zh: '手机号被表格软件改成了科学计数，原号已丢失',
    en: 'The spreadsheet turned the phone number into scientific notation; the number is lost',
  },
  'metrics.row.phone.landline': {
    zh: '填的是座机，不能与潜客对上',
    en: 'This is a landline; cannot be matched to a lead',
  },
  'metrics.row.phone.too_short': {
    zh: '手机号位数不够，不能与潜客对上',
    en: 'The phone number is too short; cannot be matched to a lead',
  },
  'metrics.row.phone.too_long': {
    zh: '手机号多了位数，不能与潜客对上',
    en: 'The phone number is too long; cannot be matched to a lead',
  },
  'metrics.row.phone.not_a_number': {
    zh: '手机号一栏不是号码，不能与潜客对上',
    en: 'The phone cell holds no number; cannot be matched to a lead',
  },
  'metrics.row.phone.not_mobile': {
    zh: '不是有效的手机号，不能与潜客对上',
    en: 'Not a valid mobile number; cannot be matched to a lead',
  },
  'metrics.row.sharedPhone': {
    zh: '这个手机号还登记着另一个姓名，按不同的人计',
    en: 'This phone number also stands under another name; counted as different people',
  },
  'metrics.row.nameUnknown': {
    zh: '姓名空缺或打了星号',
    en: 'The name is missing or masked',
  },
  'metrics.row.departmentUnknown': {
    zh: '没有「{name}」这个科室，确认后按未知科室计入',
    en: 'There is no department “{name}”; if confirmed, it counts under an unknown department',
  },
  'metrics.row.doctorUnknown': {
    zh: '没有写明本机构的医生',
    en: 'No doctor of this institution is named',
  },
  'metrics.row.payStatusUnknown': {
    zh: '支付状态未填写或不认识',
    en: 'The payment status is empty or unknown',
  },
  'metrics.row.refundOf': {
    zh: '第 {row} 行的退费',
    en: 'The refund of row {row}',
  },
  'metrics.row.refundOrphan': {
    zh: '退费行，但文件里没有找到对应的就诊，请确认',
    en: 'A refund whose visit is not in this file; please confirm',
  },
  'metrics.row.partRefund': {
    zh: '部分退费，文件没有写退了多少',
    en: 'Partly refunded; the file does not say how much',
  },
  'metrics.row.orderOlder': {
    zh: '同一订单较早的状态，以第 {row} 行为准',
    en: 'An earlier state of the same order; row {row} counts',
  },
  'metrics.row.redeemedAfterRefund': {
    zh: '退款之后还有核销，请核对',
    en: 'Redeemed after the refund; please check',
  },
  'metrics.row.redeemedTooOften': {
    zh: '核销了 {used} 次，超过总次数 {total}，请核对',
    en: 'Redeemed {used} times out of {total}; please check',
  },
  'metrics.row.refundMismatch': {
    zh: '退款状态与退款金额对不上，请核对',
    en: 'The refund’s state and amount do not agree; please check',
  },
  'metrics.row.paidWithoutTime': {
    zh: '已付款但没有支付时间',
    en: 'Paid, but without a time of payment',
  },
  'metrics.row.statusUnknown': {
    zh: '不认识的状态「{text}」',
    en: 'Unknown status “{text}”',
  },
  'metrics.row.accountUnknown': {
    zh: '没有叫「{name}」的平台账号，来源账号记为未知',
    en: 'There is no account called “{name}”; the account is kept as unknown',
  },
  'metrics.row.accountAmbiguous': {
    zh: '有 {count} 个平台账号叫「{name}」，来源账号记为未知',
    en: '{count} accounts are called “{name}”; the account is kept as unknown',
  },
  'metrics.row.touchUnknown': {
    zh: '没有「{code}」这个触点码',
    en: 'There is no touch token “{code}”',
  },
  'metrics.row.lineUnknown': {
    zh: '本机构没有「{name}」这条专病线，未导入',
    en: 'This institution has no specialty line “{name}”; not imported',
  },
  'metrics.row.costKindOther': {
    zh: '费用类别「{text}」不在五类之内，确认后计入制作费',
    en: 'The cost kind “{text}” is not one of the five; if confirmed, it counts as production',
  },
  'metrics.row.costShared': {
    zh: '没有专病线，记为公共费用',
    en: 'No specialty line; kept as a shared cost',
  },
  'metrics.row.partMonth': {
    zh: '这个月还没有过完',
    en: 'This month is not over yet',
  },
  'metrics.row.noFigures': {
    zh: '平台还没有给出任何数据',
    en: 'The platform has given no figure yet',
  },
  'metrics.row.sameFigures': {
    zh: '与已有的数据相同',
    en: 'The same figures as we have',
  },
  'metrics.row.asked': {
    zh: '同一行在之前的导入里等待人工确认',
    en: 'The same row is waiting for a person in an earlier import',
  },
  'metrics.row.notOurs': {
    zh: '之前已确认不是我们的作品',
    en: 'Somebody said before that this is none of ours',
  },
  'metrics.row.leftOut': {
    zh: '之前已确认不计入',
    en: 'Somebody said before to leave this out',
  },
  'metrics.row.refundOfVisit': {
    zh: '{day} 那次就诊的退费',
    en: 'The refund of the visit on {day}',
  },
  'metrics.row.refundOfWaiting': {
    zh: '第 {row} 行的退费，那一行还在等人工确认',
    en: 'The refund of row {row}, which is still waiting for a person',
  },
  'metrics.row.orderBehind': {
    zh: '已有这个订单更新的状态',
    en: 'We have a later state of this order',
  },
  'metrics.row.costChanged': {
    zh: '同月同线同账号同类别之前导入的是 ¥{old}，这次文件里没有了；请选择替换它，还是另计一笔',
    en: 'An earlier file had ¥{old} for this month, line, account and kind, and this file no longer has it; replace it, or count both',
  },
  // how a work was matched to a publication
  'metrics.match.sameTitle': {
    zh: '标题相同，时间相差 {minutes} 分钟',
    en: 'Same title, {minutes} min apart',
  },
  'metrics.match.similarTitle': {
    zh: '标题相近，时间相差 {minutes} 分钟',
    en: 'Similar title, {minutes} min apart',
  },
  'metrics.match.nearInTime': {
    zh: '标题不同，时间相差 {minutes} 分钟',
    en: 'Another title, {minutes} min apart',
  },
  'metrics.match.several': {
    zh: '有 {count} 个发布单标题相同、时间相近，请选一个',
    en: '{count} publications have this title at about this time; please choose',
  },
  'metrics.match.contested': {
    zh: '文件里有不止一行像是同一个发布单，请确认',
    en: 'More than one row could be this publication; please confirm',
  },
  'metrics.match.unclear': {
    zh: '标题相同，但时间离得不够近，请确认',
    en: 'Same title, but not clearly near in time; please confirm',
  },
  'metrics.match.noTitle': {
    zh: '这一行没有标题，只能凭时间，请确认',
    en: 'This row has no title, only a time; please confirm',
  },
  'metrics.match.timeOnly': {
    zh: '时间相近但标题不同，请确认',
    en: 'Near in time but under another title; please confirm',
  },
  'metrics.match.none': {
    zh: '本账号没有标题和时间都对得上的发布单',
    en: 'No publication of this account fits by title and time',
  },
} as const satisfies Texts
