import { html, languageOf, page } from '../../kit/html.ts'
import { createService } from '../../kit/http.ts'
import { readOrder } from './orders.ts'
import { SAILINGS } from './sailings.ts'
import { maySee, openTickets } from './tickets.ts'

const service = createService('ferry')
const tickets = openTickets(`${process.env.DATA_FOLDER ?? '/srv/data'}/ferry.sqlite`)
const { app } = service

app.get('/', (c) =>
  c.html(
    page({
      lang: languageOf(c),
      service: 'Ferry tickets',
      title: 'Crossings today',
      content: html`<ul>${SAILINGS.map(({ from, to, at, price }) => html`<li>${at} ${from}–${to}, ${price} €</li>`)}</ul>`,
    }),
  ),
)
app.get('/sailings', (c) => c.json(SAILINGS))
app.post('/tickets', async (c) => {
  const order = readOrder(await c.req.json().catch(() => null))
  return order ? c.json(tickets.book(order), 201) : c.json({ error: 'Name a sailing and a passenger' }, 400)
})
app.get('/tickets/:number', (c) => {
  const ticket = tickets.find(c.req.param('number'))
  if (!ticket) return c.json({ error: 'There is no such ticket' }, 404)
  if (!maySee(ticket, c.req.query('key') ?? '')) return c.json({ error: 'This is not your ticket' }, 403)
  const { key: _, ...shown } = ticket
  return c.json(shown)
})
app.delete('/tickets/:number', (c) => {
  const ticket = tickets.find(c.req.param('number'))
  if (!ticket) return c.json({ error: 'There is no such ticket' }, 404)
  if (!maySee(ticket, c.req.query('key') ?? '')) return c.json({ error: 'This is not your ticket' }, 403)
  tickets.cancel(ticket.number)
  return c.body(null, 204)
})

await service.listen()
service.ready()
