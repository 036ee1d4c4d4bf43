import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CorrectListingHandler } from './correct-listing.js';
import { LinkListingsHandler, UnlinkListingHandler } from './link-listings.js';
import { DiscardEditionHandler, ReleaseEditionHandler } from './decide-held.js';
import { FetchSourceHandler } from './fetch-source.js';
import { ImportEditionHandler } from './import-edition.js';
import { RereadListHandler } from './reread-list.js';

/** Takes editions in: archives, reads, compares, records, holds and refuses them. */
@Module({
  imports: [CqrsModule],
  providers: [
    ImportEditionHandler,
    FetchSourceHandler,
    ReleaseEditionHandler,
    DiscardEditionHandler,
    CorrectListingHandler,
    LinkListingsHandler,
    UnlinkListingHandler,
    RereadListHandler,
  ],
})
export class CollectorModule {}
