import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AddressHistoryHandler } from './addresses/address-history.js';
import { AddressesController } from './addresses/addresses.controller.js';
import { WhoWasAtHandler } from './addresses/who-was-at.js';
import { Answerer } from './asking/answerer.js';
import { EditionBytesHandler } from './editions/edition-bytes.js';
import { EditionsController } from './editions/editions.controller.js';
import { EditionsOfListHandler } from './editions/editions-of-list.js';
import { FetchesOfListHandler } from './editions/fetches-of-list.js';
import { OneEditionHandler } from './editions/one-edition.js';
import { TroublesHandler } from './editions/troubles.js';
import { EventsController } from './events/events.controller.js';
import { RecordedEventsHandler } from './events/recorded-events.js';
import { SnapshotController } from './events/snapshot.controller.js';
import { HealthController } from './health/health.controller.js';
import { ListingHistoryHandler } from './listings/listing-history.js';
import { ListingsController } from './listings/listings.controller.js';
import { WasListedHandler } from './listings/was-listed.js';
import { CompareStatesHandler } from './lists/compare-states.js';
import { ListAsOfHandler } from './lists/list-as-of.js';
import { ListsController } from './lists/lists.controller.js';
import { ListsHeldHandler, OneListHeldHandler } from './lists/lists-held.js';
import { WholeListHandler } from './lists/whole-list.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { Metrics } from './metrics/metrics.js';

/** Answers questions: over HTTP through its controllers, to commands over the QueryBus. */
@Module({
  imports: [CqrsModule],
  controllers: [ListsController, EditionsController, ListingsController, AddressesController, EventsController, SnapshotController, HealthController, MetricsController],
  providers: [
    Answerer,
    Metrics,
    ListsHeldHandler,
    OneListHeldHandler,
    ListAsOfHandler,
    WholeListHandler,
    CompareStatesHandler,
    EditionsOfListHandler,
    FetchesOfListHandler,
    OneEditionHandler,
    EditionBytesHandler,
    TroublesHandler,
    WasListedHandler,
    ListingHistoryHandler,
    WhoWasAtHandler,
    AddressHistoryHandler,
    RecordedEventsHandler,
  ],
  exports: [Metrics],
})
export class ApiModule {}
