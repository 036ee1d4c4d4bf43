import { Module } from '@nestjs/common';
import { Projector } from './projector.js';

/** Brings what is recorded into the views. */
@Module({ providers: [Projector] })
export class ProjectorModule {}
