import type { Lang } from '../../kit/html.ts'

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/))

/** Words that say nothing about the topic: what holds a sentence together, and what people say around a question. Of Japanese, what is left without hiragana. */
export const STOP: Readonly<Record<Lang, ReadonlySet<string>>> = {
  en: list(`a able about after again all already also always am an and any anybody anyone anything anywhere are as at away back be because been before being best
    boy but by can cannot correct could couldn dad day days did didn do does doesn doing don done down easy else even ever every father few for friend
    from get gets getting girl give go going gone got grandma grandpa guys had has hasn have haven having he hello help her here hi him his how husband i
    if in into is isn it its just kind know last later left let like little ll long look make many may me might mine month months more mother much mum
    must my myself near nearby nearest need needs new next no not now of ok okay old on once one only or other our out over please put really right say
    see shall she should shouldn so some somebody someone something soon spot spots still such take tell thank thanks that the their them then there these
    they thing things this those through time to today tomorrow too two under up us use used using ve very wanna want wanted was wasn way we week weeks
    well were what when where which while who whom whose why wife will with within without won would wouldn year years yes yesterday yet you your`),
  et: list(`aasta aastal abi abikaasa aga aita aitäh alla alles anda andis annab annan arvab arvan arvates asi asja asju edasi eest ei eile ema end enda endal
    enne et hea homme hästi iga ikka ilma isa ise ja jaoks ju juba just järgi ka kaasa kaks kas kas-või kaua kaudu keda keegi kelle kellegi kellele
    kellelt kes kirjas kogu kohe kohta koos kord korda kuhu kui kuid kuidagi kuidas kus kust kuu kuus käi käia käib käin kõik leian leida lähe läheb
    lähedal lähen lähim läinud läks ma me mees meid meie meil meile mida midagi miks millal mille milleks millest milline millise millised mina mind minu
    minut minutit mis miski mitu mu mul mulle mult mõni nad nagu naine need neid neil nemad nende nii niisama ning nädal näeb näeks näen nägema nägi näha
    näinud nüüd ole oled oleks olema oleme olen olete oli olid olin olla oma omad on palju palun paneb panen pani panna peab pead peaks peaksin peal peale
    pealt peame pean pidi pidin poisi poiss pole poolt päev päeva päeval pärast sa saab saad saada saaks saama saame saan saanud sai sain seal sealt seda
    see selle sellega sellele sellest siia siin siis siit sina sind sinu sisse sooviks soovin su sul sulle sõber ta tahab tahad tahaks tahame tahan
    tahtsin tal talle te teda tee teeb teed teen tegema teha tehtud teid teie teil teine teise teised teiste tema tere tuleb tuled tuleks tuli tulla tund
    täna tüdruk tüdruku uue uued uus uut vaja vajan vana vanaema vanaisa veel väga vähe välja või võib võid võiks võimalik võin võtan võtta ära õige
    õigesti ühe üks üle üles`),
  ja: list(`あれ いつ ください ここ こと これ そこ それ だれ です どう どうしよう どうやる どこ どれ なに ます もの 上 下 中 人 今 今日
    以上 以内 会 何 作 使 俺 僕 入 円 出 前 友達 取 同 回 場合 夫 女 妻 家族 年 後 必要 思 持 教え 新 方 方法 日 明日 昨日
    時 時間 月 来 来年 来月 正 母 父 男 知 私 自分 行 見 言 近 近く`),
}

/** Words of every office: they help to choose among topics, and neither make one nor are missed in one. */
export const WEAK: Readonly<Record<Lang, ReadonlySet<string>>> = {
  en: list(`app application applied apply applying authorities authority benefit benefits card change changed changes changing child children daughter digital
    digitally fill form forms government hand internet kid kids name notify number office official online order paper papers phone place register
    registered registering registration report reporting residence shop son state submit`),
  et: list(`amet ametiasutus ametlik asutus asutuse asutused avaldus avalduse avaldust digitaalselt esitada esitama esitan internet interneti internetis kaardi
    kaardiga kaart kaarti koha koht kohti laps lapse lapsed lapsele last laste muudan muuta muutma muutmine muutmist nime nimega nimel nimi paber pabereid
    paberid poeg poes poja pojal pojale pood rakendus registreerida registreerima registreerimine registreerin riigi riigil riigilt riigis riik taotleda
    taotlema taotlen taotlus taotluse taotlust teatada teatama teatan teavitada telefon telefoni telefoniga telefonis toetus toetused toetusi toetust
    tütar tütre tütrel`),
  ja: list(`お店 こども アプリ インターネット オンライン カード スマホ デジタル ネット 公式 名 名前 国 変 変更 娘 子 子ども 子供 届 届出 店
    役所 息子 手当 手続 提出 携帯 書類 機関 申請 申込 登録 紙 給付 電話`),
}
