/** A page of a team's service on the walls, in English. */
export const enWallPage = {
  'wallPage.title': '{{service}} of team {{team}}, as a citizen sees it now',
  'wallPage.took': 'The service answered in {{ms}} ms. The page is team {{team}}’s own.',
  'wallPage.error': 'The service answers with an error (status {{status}}). The page is team {{team}}’s own.',
  'wallPage.down': '{{service}} does not answer. Citizens see an error of their browser now.',
  'wallPage.broken': '{{service}} answers with something no browser can show.',
  'wallPage.leads-away': '{{service}} sends citizens on to another service, so there is no page to show.',
  'wallPage.stands-still': 'The exercise is paused: pages are fetched when it goes on.',
  'wallPage.later': 'The page cannot be shown now. It is tried again by itself.',
  'wallPage.frame': 'The page of {{service}}, without scripts',
  'wallPage.put': 'Show this page on all big screens',
  'wallPage.off': 'Take it off the big screens',
  'wallPage.warning':
    'The big screens show a page of this team: whoever holds the service writes on it. It is fetched without signing in.',
  'wallPage.now': 'Big screens show {{service}} of team {{team}}, as a citizen sees it: {{path}}',
  'ledger.reason.no-page': 'what the service sent was no page',
  'wallPage.end.no-page': 'The page was taken off the big screens: what the service sent was no page.',
  'refusal.no-page-now': 'Pages can be shown from when the enclaves are up until the end.',
  'refusal.bad-page-path':
    'This address cannot be shown: a path begins with / and has at most {{max}} characters.',
} as const
